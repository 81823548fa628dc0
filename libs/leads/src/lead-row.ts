import type { IsoTime } from '#core'
import type { LeadStatus } from './lead.entity.js'

/** Who a lead is and how to reach it. */
export interface ContactRow {
  /** The row's number, a bigint as text. */
  id: string
  hex: string
  account_id: string
  name: string | null
  email: string | null
  phone: string | null
  created_at: IsoTime
}

/** A lead, whole. */
export interface LeadRow extends ContactRow {
  chatbot_id: string
  workspace_id: string
  source: string | null
  status: LeadStatus
  metadata: Record<string, unknown>
  updated_at: IsoTime
}

/** A lead of a list: its metadata is JSON as PostgreSQL writes it, so that who passes it on need neither read nor write it. */
export type ListedLead = Omit<LeadRow, 'metadata'> & { metadata: string }

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
