import type { LeadStatus } from './lead.entity.js'

/** A lead as it is read: times as Date (milliseconds), `created_at_text` to the microsecond for cursors. */
export interface LeadRow {
  id: string
  hex: string
  workspace_id: string
  chatbot_id: string
  account_id: string
  name: string | null
  email: string | null
  phone: string | null
  source: string | null
  status: LeadStatus
  metadata: Record<string, unknown>
  created_at: Date
  updated_at: Date
  ingested_at: Date
  created_at_text: string
}

export interface NewLead {
  name: string
  email: string
  phone?: string | null
  source?: string | null
  status: LeadStatus
  metadata: Record<string, unknown>
}

/** What to change of a lead. Absent stays as it is; metadata replaces the object there was. */
export type LeadPatch = Partial<NewLead>

/** Which lead is meant. */
export interface LeadKey {
  /** The 16 hex digits of its id. */
  hex: string
  /** Given: a lead of another chatbot is not found. */
  chatbotId?: string
}
