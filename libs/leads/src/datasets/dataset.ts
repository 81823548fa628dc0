import type { Column } from '#core'
import type { Condition, DatasetFilter } from '../filter.js'

/** One column of a dataset: what the file calls it and the SQL that makes it, in PostgreSQL's own type. */
export interface DatasetColumn extends Column {
  sql: string
}

/** What an export can be of. Casting to text in SQL would double the database's work: types stay native. */
export interface DatasetDefinition {
  columns: readonly DatasetColumn[]
  /** The object that flat formats spread over a column per name; nested formats keep `nested` whole. */
  extra: { prefix: string; object: string; nested: DatasetColumn }
  /** FROM and its joins. */
  from: string
  /** Newest first. */
  orderBy: string
  conditions(filter: DatasetFilter): Condition[]
}

/** Conditions that every dataset has, on the columns it calls them by. */
export function commonConditions(
  filter: DatasetFilter,
  columns: { chatbot: string; account: string; time: string; ingested: string },
): Condition[] {
  const conditions: (Condition | undefined)[] = [
    text(columns.chatbot, filter.chatbotId),
    text(columns.account, filter.accountId),
    time(columns.time, '>=', filter.from),
    time(columns.time, '<', filter.to),
    time(columns.ingested, '<=', filter.ingestedUntil),
  ]
  return conditions.filter((condition) => condition !== undefined)
}

export const text = (column: string, value: string | undefined): Condition | undefined =>
  value === undefined ? undefined : { column, operator: '=', value, type: 'text' }

const time = (
  column: string,
  operator: '>=' | '<' | '<=',
  value: string | undefined,
): Condition | undefined =>
  value === undefined ? undefined : { column, operator, value, type: 'timestamptz' }
