import type { DatasetDefinition } from './dataset.js'

/** The people on the workspace's accounts. Index: message_users_newest; message_users_account_newest of an account. */
export const messageUsersDataset: DatasetDefinition = {
  columns: [
    { name: 'id', type: 'text', role: 'id', sql: 'u.id' },
    { name: 'createdAt', type: 'timestamptz', sql: 'u.created_at' },
    { name: 'updatedAt', type: 'timestamptz', sql: 'u.updated_at' },
    { name: 'accountId', type: 'text', role: 'id', sql: 'u.account_id' },
    { name: 'externalId', type: 'text', role: 'id', sql: 'u.external_id' },
    { name: 'platform', type: 'text', sql: 'u.platform' },
    { name: 'firstName', type: 'text', sql: 'u.first_name' },
    { name: 'lastName', type: 'text', sql: 'u.last_name' },
  ],
  table: 'message_users u',
  from: 'message_users u',
  orderBy: 'u.created_at DESC, u.id DESC',
  filters: { accountId: 'u.account_id', time: 'u.created_at', ingested: 'u.ingested_at' },
}
