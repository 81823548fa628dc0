import { type DatasetDefinition, eventColumns } from './dataset.js'

/**
 * Interactions, each a step of a message user through a funnel group; `id` and `time` are the event's. The collected
 * data becomes an object once per row: OFFSET 0 keeps it from being made anew for each column that comes out of it,
 * which takes four times as long with ten of them. Index: interactions_pkey; interactions_group_time,
 * interactions_user, interactions_account_time and interactions_chatbot_time with their filters.
 */
export const funnelsDataset: DatasetDefinition = {
  columns: [
    ...eventColumns('i'),
    { name: 'funnel', type: 'text', sql: 'f.name' },
    { name: 'group', type: 'text', sql: 'g.name' },
    { name: 'interaction', type: 'text', sql: 'i.interaction' },
  ],
  extra: {
    prefix: 'data.',
    object: 'x.extra',
    nested: { name: 'data', type: 'jsonb', sql: 'i.data' },
    keys: 'records',
  },
  table: 'interactions i',
  from: `interactions i
    JOIN chatbots c ON c.workspace_id = i.workspace_id AND c.id = i.chatbot_id
    JOIN funnels f ON f.workspace_id = i.workspace_id AND f.id = i.funnel_id
    JOIN funnel_groups g ON g.workspace_id = i.workspace_id AND g.id = i.funnel_group_id
    JOIN message_users u ON u.workspace_id = i.workspace_id AND u.id = i.message_user_id
    CROSS JOIN LATERAL (SELECT extra_data_object(i.data) AS extra OFFSET 0) x`,
  orderBy: 'i.occurred_at DESC, i.id DESC',
  filters: {
    chatbotId: 'i.chatbot_id',
    accountId: 'i.account_id',
    messageUserId: 'i.message_user_id',
    funnelGroupId: 'i.funnel_group_id',
    time: 'i.occurred_at',
    ingested: 'i.ingested_at',
  },
}
