import type { Column } from '#core'
import type { FilterColumns } from '../filter.js'

/** One column of a dataset: what the file calls it and the SQL that makes it, in PostgreSQL's own type. */
export interface DatasetColumn extends Column {
  sql: string
}

/** An object that flat formats spread over a column per name; nested formats keep `nested` whole. */
export interface ExtraColumns {
  prefix: string
  object: string
  nested: DatasetColumn
  /** What metadata_keys keeps its names under. */
  keys: 'leads' | 'records'
}

/** What an export can be of. Casting to text in SQL would double the database's work: types stay native. */
export interface DatasetDefinition {
  columns: readonly DatasetColumn[]
  extra?: ExtraColumns
  /** The table that has its rows, with its alias. */
  table: string
  /** FROM and its joins, of which every row finds one of each. */
  from: string
  /** Newest first. */
  orderBy: string
  filters: FilterColumns
}

/**
 * What every event tells: which one it is, when, and who it is about.
 * @param event alias of its table, beside which are the chatbot as `c` and the message user as `u`
 */
export const eventColumns = (event: string): DatasetColumn[] => [
  { name: 'id', type: 'text', role: 'id', sql: `${event}.event_id` },
  { name: 'time', type: 'timestamptz', sql: `${event}.occurred_at` },
  { name: 'chatbotId', type: 'text', role: 'id', sql: `${event}.chatbot_id` },
  { name: 'bot', type: 'text', sql: 'c.name' },
  { name: 'accountId', type: 'text', role: 'id', sql: `${event}.account_id` },
  { name: 'messageUser', type: 'text', role: 'id', sql: `${event}.message_user_id` },
  { name: 'platform', type: 'text', sql: 'u.platform' },
  { name: 'firstName', type: 'text', sql: 'u.first_name' },
  { name: 'lastName', type: 'text', sql: 'u.last_name' },
]
