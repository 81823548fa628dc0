import { quote } from '#core'
import type { LeadStatus } from './lead.entity.js'

export const datasets = ['leads', 'records', 'funnels', 'messageUsers', 'messages'] as const
export type Dataset = (typeof datasets)[number]

/** What a list and an export choose rows by: names are resolved to ids before it comes to this. */
export interface DatasetFilter {
  chatbotId?: string
  accountId?: string
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

/** One comparison. `column` is our own text, never a client's. */
export interface Condition {
  column: string
  operator: '=' | '>=' | '<' | '<='
  value: string
  type: 'text' | 'timestamptz'
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
