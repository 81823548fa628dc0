import type { DatasetDefinition } from './dataset.js'

/** Records joined to their lead, named as the Chat-Tonic seed names them. Index: records_group_newest, records_newest. */
export const recordsDataset: DatasetDefinition = {
  columns: [
    { name: '_id', type: 'text', role: 'id', sql: 'r.id' },
    { name: 'createdAt', type: 'timestamptz', sql: 'r.created_at' },
    { name: 'updatedAt', type: 'timestamptz', sql: 'r.updated_at' },
    { name: 'app', type: 'text', role: 'id', sql: 'c.object_id' },
    { name: 'bot', type: 'text', sql: 'c.name' },
    { name: 'account', type: 'text', role: 'id', sql: 'r.account_id' },
    { name: 'funnel', type: 'text', sql: 'f.name' },
    { name: 'group', type: 'text', sql: 'g.name' },
    { name: 'last', type: 'text', sql: 'r.last' },
    { name: 'messageUser', type: 'text', role: 'id', sql: 'r.message_user_id' },
    { name: 'platform', type: 'text', sql: 'u.platform' },
    { name: 'firstName', type: 'text', sql: 'u.first_name' },
    { name: 'lastName', type: 'text', sql: 'u.last_name' },
    { name: 'leadId', type: 'text', role: 'id', sql: `'lead_' || l.hex` },
    { name: 'name', type: 'text', sql: 'l.name' },
    { name: 'email', type: 'text', sql: 'l.email' },
    { name: 'phone', type: 'text', role: 'phone', sql: 'l.phone' },
    { name: 'status', type: 'text', sql: 'l.status' },
  ],
  extra: {
    prefix: 'extraData.',
    object: 'r.extra',
    nested: { name: 'extraData', type: 'jsonb', sql: 'r.extra_data' },
    keys: 'records',
  },
  table: 'records r',
  from: `records r
    JOIN chatbots c ON c.workspace_id = r.workspace_id AND c.id = r.chatbot_id
    JOIN funnels f ON f.workspace_id = r.workspace_id AND f.id = r.funnel_id
    JOIN funnel_groups g ON g.workspace_id = r.workspace_id AND g.id = r.funnel_group_id
    JOIN message_users u ON u.workspace_id = r.workspace_id AND u.id = r.message_user_id
    LEFT JOIN leads l ON l.workspace_id = r.workspace_id AND l.id = r.lead_id`,
  orderBy: 'r.created_at DESC, r.id DESC',
  filters: {
    chatbotId: 'r.chatbot_id',
    accountId: 'r.account_id',
    funnelGroupId: 'r.funnel_group_id',
    time: 'r.created_at',
    ingested: 'r.ingested_at',
  },
}
