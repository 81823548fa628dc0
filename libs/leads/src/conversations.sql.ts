/** Lists of what happens in conversations: tables by month, read from the latest month back. */
import type { ListDefinition } from './list-query.js'

/**
 * The rows of a page, under the name that its conditions call them by. Where some are passed over, their keys come from
 * the index first, so that no row is read to be thrown away.
 */
function rowsOf(table: 'messages' | 'interactions', as: 'm' | 'i'): ListDefinition['select'] {
  return (where, { sql, skips }) => {
    const newest = (columns: string) =>
      `SELECT ${columns} FROM ${table} ${as} WHERE ${where} ORDER BY ${as}.occurred_at DESC, ${as}.id DESC ${sql}`
    if (!skips) return `(${newest(`${as}.*`)}) ${as}`
    return `(${newest(`${as}.workspace_id, ${as}.occurred_at, ${as}.id`)}) k
      JOIN ${table} ${as} ON ${as}.workspace_id = k.workspace_id AND ${as}.occurred_at = k.occurred_at AND ${as}.id = k.id`
  }
}

/** Who takes part, of a row under some name. */
const parties = (as: 'm' | 'i') => ({
  columns: `${as}.id AS place, ${as}.event_id, ${as}.occurred_at, ${as}.chatbot_id, c.name AS bot, ${as}.account_id,
      ${as}.message_user_id, u.platform, u.first_name, u.last_name`,
  joins: `JOIN chatbots c ON c.workspace_id = ${as}.workspace_id AND c.id = ${as}.chatbot_id
    JOIN message_users u ON u.workspace_id = ${as}.workspace_id AND u.id = ${as}.message_user_id`,
})

const messageRows = rowsOf('messages', 'm')
const messageParties = parties('m')

/** Index: messages_pkey; messages_user, messages_account_time and messages_chatbot_time with their filters. */
export const messageList: ListDefinition = {
  name: 'messages',
  keys: [
    { column: 'm.occurred_at', type: 'timestamptz' },
    { column: 'm.id', type: 'bigint' },
  ],
  follows: '<',
  select: (where, range) => `
    SELECT ${messageParties.columns}, m.sender, m.text
    FROM ${messageRows(where, range)}
    ${messageParties.joins}
    ORDER BY m.occurred_at DESC, m.id DESC`,
}

const interactionRows = rowsOf('interactions', 'i')
const interactionParties = parties('i')

/**
 * Index: interactions_pkey; interactions_user, interactions_account_time, interactions_chatbot_time and
 * interactions_group_time with their filters.
 */
export const interactionList: ListDefinition = {
  name: 'interactions',
  keys: [
    { column: 'i.occurred_at', type: 'timestamptz' },
    { column: 'i.id', type: 'bigint' },
  ],
  follows: '<',
  select: (where, range) => `
    SELECT ${interactionParties.columns}, f.name AS funnel, g.name AS "group", i.interaction, i.data
    FROM ${interactionRows(where, range)}
    ${interactionParties.joins}
    JOIN funnels f ON f.workspace_id = i.workspace_id AND f.id = i.funnel_id
    JOIN funnel_groups g ON g.workspace_id = i.workspace_id AND g.id = i.funnel_group_id
    ORDER BY i.occurred_at DESC, i.id DESC`,
}
