import { type DatasetDefinition, eventColumns } from './dataset.js'

/**
 * What message users and chatbots wrote to each other; `id` and `time` are the event's. Index: messages_pkey;
 * messages_user, messages_account_time and messages_chatbot_time with their filters.
 */
export const messagesDataset: DatasetDefinition = {
  columns: [
    ...eventColumns('m'),
    { name: 'sender', type: 'text', sql: 'm.sender' },
    { name: 'text', type: 'text', sql: 'm.text' },
  ],
  table: 'messages m',
  from: `messages m
    JOIN chatbots c ON c.workspace_id = m.workspace_id AND c.id = m.chatbot_id
    JOIN message_users u ON u.workspace_id = m.workspace_id AND u.id = m.message_user_id`,
  orderBy: 'm.occurred_at DESC, m.id DESC',
  filters: {
    chatbotId: 'm.chatbot_id',
    accountId: 'm.account_id',
    messageUserId: 'm.message_user_id',
    time: 'm.occurred_at',
    ingested: 'm.ingested_at',
  },
}
