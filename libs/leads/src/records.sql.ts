import type { ListDefinition } from './list-query.js'

/**
 * A page of records with the names of what they refer to: keys from the index first, then the rows.
 * Index: records_group_newest, records_account_group_newest with an account.
 */
export const recordList: ListDefinition = {
  name: 'records',
  keys: [
    { column: 'r.created_at', type: 'timestamptz' },
    { column: 'r.id', type: 'text' },
  ],
  follows: '<',
  select: (where, { sql }) => `
    SELECT r.id, c.object_id AS app, r.account_id, f.name AS funnel, g.name AS "group", r.last, r.extra_data,
      r.message_user_id, u.platform, u.first_name, u.last_name, r.created_at, r.updated_at
    FROM (
      SELECT r.workspace_id, r.id FROM records r WHERE ${where}
      ORDER BY r.created_at DESC, r.id DESC ${sql}
    ) k
    JOIN records r ON r.workspace_id = k.workspace_id AND r.id = k.id
    JOIN chatbots c ON c.workspace_id = r.workspace_id AND c.id = r.chatbot_id
    JOIN funnels f ON f.workspace_id = r.workspace_id AND f.id = r.funnel_id
    JOIN funnel_groups g ON g.workspace_id = r.workspace_id AND g.id = r.funnel_group_id
    JOIN message_users u ON u.workspace_id = r.workspace_id AND u.id = r.message_user_id
    ORDER BY r.created_at DESC, r.id DESC`,
}
