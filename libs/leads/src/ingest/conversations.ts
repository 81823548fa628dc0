import type pg from 'pg'
import { insertInteractions, insertMessages } from './ingest.sql.js'
import type { AttributedInteraction } from './leads-of-events.js'
import type { Attributed } from './message-users.js'
import { writeRows } from './write-rows.js'

/** Stores messages and interactions as they came. */
export async function writeConversations(
  client: pg.PoolClient,
  workspaceId: string,
  events: readonly Attributed[],
  interactions: readonly AttributedInteraction[],
): Promise<void> {
  const messages = events.flatMap(({ located, user }) => {
    const { event, chatbotId } = located
    if (event.type !== 'message') return []
    return [{ ...happened(event, chatbotId, user), sender: event.sender, text: event.text }]
  })
  const steps = interactions.map(({ located: { event, chatbotId, place }, user }) => ({
    ...happened(event, chatbotId, user),
    funnel_id: place.funnelId,
    funnel_group_id: place.groupId,
    interaction: event.interaction,
    data: event.data,
  }))
  const insert = (name: string, text: string, rows: readonly object[]) =>
    writeRows(client, { name, text }, workspaceId, rows)
  if (messages.length > 0) await insert('ingest-messages', insertMessages, messages)
  if (steps.length > 0) await insert('ingest-interactions', insertInteractions, steps)
}

const happened = (
  event: { id: string; time: string },
  chatbotId: string,
  user: { id: string; accountId: string },
) => ({
  occurred_at: event.time,
  event_id: event.id,
  chatbot_id: chatbotId,
  account_id: user.accountId,
  message_user_id: user.id,
})
