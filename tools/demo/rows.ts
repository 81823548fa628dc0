import type { LeadStatus } from '#leads'

/** A row as the demo inserts it: keys are column names, times ISO-8601 with microseconds. */
export interface LeadRow {
  hex: string
  chatbot_id: string
  account_id: string
  name: string
  email: string
  email_lower: string
  claimed_email: string
  phone: string | null
  source: string | null
  status: LeadStatus
  metadata: Record<string, unknown>
  created_at: string
  updated_at: string
  ingested_at: string
}
