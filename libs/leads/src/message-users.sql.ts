import type { ListDefinition } from './list-query.js'

/** Index: message_users_newest; message_users_account_newest of an account. */
export const messageUserList: ListDefinition = {
  name: 'message-users',
  keys: [
    { column: 'u.created_at', type: 'timestamptz' },
    { column: 'u.id', type: 'text' },
  ],
  follows: '<',
  select: (where, { sql }) => `
    SELECT u.id, u.account_id, u.external_id, u.platform, u.first_name, u.last_name, u.created_at, u.updated_at
    FROM (
      SELECT u.workspace_id, u.id FROM message_users u WHERE ${where}
      ORDER BY u.created_at DESC, u.id DESC ${sql}
    ) k
    JOIN message_users u ON u.workspace_id = k.workspace_id AND u.id = k.id
    ORDER BY u.created_at DESC, u.id DESC`,
}

/** Index: message_users_pkey. */
export const messageUserById = 'SELECT u.id FROM message_users u WHERE u.id = $1'
