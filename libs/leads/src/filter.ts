import { quote } from '#core'
import type { LeadStatus } from './lead.entity.js'

export const datasets = ['leads', 'records', 'funnels', 'messageUsers', 'messages'] as const
export type Dataset = (typeof datasets)[number]

/** What a list and an export choose rows by: names are resolved to ids before it comes to this. */
export interface DatasetFilter {
  chatbotId?: string
  accountId?: string
  messageUserId?: string
  funnelGroupId?: string
  status?: LeadStatus
  source?: string
  /** In lower case: addresses are compared without regard to case. */
  emailLower?: string
  /** ISO-8601 with Z, inclusive. */
  from?: string
  /** ISO-8601 with Z, exclusive. */
  to?: string
  /** Rows that came in later are not part of an export: the time it was accepted. */
  ingestedUntil?: string
}

type Equal = Exclude<keyof DatasetFilter, 'from' | 'to' | 'ingestedUntil'>

/** The columns that a dataset's filter is held against. It can't be filtered by what has none. */
export type FilterColumns = { [field in Equal]?: string } & {
  /** What a range of dates is of. */
  time: string
  /** When the row came in. */
  ingested: string
}

/** One comparison. `column` is our own text, never a client's. */
export interface Condition {
  column: string
  operator: '=' | '>=' | '<' | '<='
  value: string
  type: 'text' | 'timestamptz'
}

type Comparison = Pick<Condition, 'operator' | 'type'> & { with: keyof FilterColumns }
const equal = (column: Equal): Comparison => ({ with: column, operator: '=', type: 'text' })

const comparisons: Record<keyof DatasetFilter, Comparison> = {
  chatbotId: equal('chatbotId'),
  accountId: equal('accountId'),
  messageUserId: equal('messageUserId'),
  funnelGroupId: equal('funnelGroupId'),
  status: equal('status'),
  source: equal('source'),
  emailLower: equal('emailLower'),
  from: { with: 'time', operator: '>=', type: 'timestamptz' },
  to: { with: 'time', operator: '<', type: 'timestamptz' },
  ingestedUntil: { with: 'ingested', operator: '<=', type: 'timestamptz' },
}

const comparisonsByField = Object.entries(comparisons) as [keyof DatasetFilter, Comparison][]

/** @throws Error for a filter by what the dataset doesn't have: dropped, it would let more through than was asked for */
export function conditionsOf(columns: FilterColumns, filter: DatasetFilter): Condition[] {
  const conditions: Condition[] = []
  for (const [field, { with: name, operator, type }] of comparisonsByField) {
    const value = filter[field]
    if (value === undefined) continue
    const column = columns[name]
    if (column === undefined) throw new Error(`the dataset has no ${field} to be filtered by`)
    conditions.push({ column, operator, value, type })
  }
  return conditions
}

/** Printed for a prepared statement: `$n`, and the values to bind from there on. */
export function bound(
  conditions: readonly Condition[],
  firstParameter = 1,
): { sql: string; values: string[] } {
  const parts = conditions.map(
    ({ column, operator, type }, i) => `${column} ${operator} $${i + firstParameter}::${type}`,
  )
  return { sql: parts.join(' AND ') || 'true', values: conditions.map(({ value }) => value) }
}

/** Printed for COPY, which takes no parameters: typed, escaped literals. */
export function literal(conditions: readonly Condition[]): string {
  return (
    conditions
      .map(({ column, operator, value, type }) => `${column} ${operator} ${quote(value)}::${type}`)
      .join(' AND ') || 'true'
  )
}
