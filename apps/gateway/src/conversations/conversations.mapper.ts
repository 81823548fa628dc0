import { inMilliseconds } from '#core'
import type { InteractionRow, MessageRow, MessageUserRow } from '#leads'
import type { Interaction, Message, MessageUser } from './conversations.schema.js'

export const messageUserEntry = (user: MessageUserRow): MessageUser => ({
  id: user.id,
  accountId: user.account_id,
  externalId: user.external_id,
  platform: user.platform,
  firstName: user.first_name,
  lastName: user.last_name,
  createdAt: inMilliseconds(user.created_at),
  updatedAt: inMilliseconds(user.updated_at),
})

export const messageEntry = (message: MessageRow): Message => ({
  ...event(message),
  sender: message.sender,
  text: message.text,
})

export const interactionEntry = (interaction: InteractionRow): Interaction => ({
  ...event(interaction),
  funnel: interaction.funnel,
  group: interaction.group,
  interaction: interaction.interaction,
  // Written anew: jsonb keeps no order of keys.
  data: interaction.data.map(({ name, cxt }) => ({ name, cxt })),
})

const event = (row: MessageRow | InteractionRow) => ({
  id: row.event_id,
  time: inMilliseconds(row.occurred_at),
  chatbotId: row.chatbot_id,
  bot: row.bot,
  accountId: row.account_id,
  messageUser: row.message_user_id,
  platform: row.platform,
  firstName: row.first_name,
  lastName: row.last_name,
})
