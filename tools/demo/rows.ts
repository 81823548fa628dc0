import type { LeadStatus } from '#leads'

/** Rows as the demo inserts them: keys are column names, times ISO-8601 with microseconds. */

export interface MessageUserRow {
  id: string
  account_id: string
  external_id: string
  platform: string
  first_name: string | null
  last_name: string | null
  created_at: string
  updated_at: string
  ingested_at: string
}

export interface LeadRow {
  hex: string
  chatbot_id: string
  account_id: string
  message_user_id: string | null
  name: string | null
  email: string | null
  email_lower: string | null
  claimed_email: string | null
  phone: string | null
  source: string | null
  status: LeadStatus
  metadata: Record<string, unknown>
  created_at: string
  updated_at: string
  ingested_at: string
}

/** What a visitor told, as the Chat-Tonic document shows it. */
export interface Collected {
  name: string
  cxt: string
}

/** Who said or did something, and to which chatbot. */
export interface Participants {
  chatbot_id: string
  account_id: string
  message_user_id: string
}

/** A record before the database has numbered its lead. */
export interface RecordRow extends Participants {
  id: string
  funnel_group_id: string
  funnel_id: string
  last: string
  extra_data: Collected[]
  created_at: string
  updated_at: string
  ingested_at: string
}

export interface InteractionRow extends Participants {
  occurred_at: string
  event_id: string
  funnel_id: string
  funnel_group_id: string
  interaction: string
  data: Collected[]
  ingested_at: string
}

export interface MessageRow extends Participants {
  occurred_at: string
  event_id: string
  sender: 'user' | 'bot'
  text: string
  ingested_at: string
}
