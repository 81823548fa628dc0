import type { DatasetDefinition } from './dataset.js'

/** Index: leads_newest; leads_chatbot_newest, leads_account_newest, leads_status_newest and leads_source_newest with their filters. */
export const leadsDataset: DatasetDefinition = {
  columns: [
    { name: 'id', type: 'int8', sql: 'l.id' },
    { name: 'lead_id', type: 'text', role: 'id', sql: `'lead_' || l.hex` },
    { name: 'created_at', type: 'timestamptz', sql: 'l.created_at' },
    { name: 'updated_at', type: 'timestamptz', sql: 'l.updated_at' },
    { name: 'chatbot_id', type: 'text', role: 'id', sql: 'l.chatbot_id' },
    { name: 'account_id', type: 'text', role: 'id', sql: 'l.account_id' },
    { name: 'message_user_id', type: 'text', role: 'id', sql: 'l.message_user_id' },
    { name: 'name', type: 'text', sql: 'l.name' },
    { name: 'email', type: 'text', sql: 'l.email' },
    { name: 'phone', type: 'text', role: 'phone', sql: 'l.phone' },
    { name: 'source', type: 'text', sql: 'l.source' },
    { name: 'status', type: 'text', sql: 'l.status' },
  ],
  extra: {
    prefix: 'metadata.',
    object: 'l.metadata',
    nested: { name: 'metadata', type: 'jsonb', sql: 'l.metadata' },
    keys: 'leads',
  },
  table: 'leads l',
  from: 'leads l',
  orderBy: 'l.created_at DESC, l.id DESC',
  filters: {
    chatbotId: 'l.chatbot_id',
    accountId: 'l.account_id',
    status: 'l.status',
    source: 'l.source',
    emailLower: 'l.email_lower',
    time: 'l.created_at',
    ingested: 'l.ingested_at',
  },
}
