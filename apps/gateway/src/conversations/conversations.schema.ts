import { z } from 'zod'
import { filterFields } from '../exports/filter-fields.js'
import { cursorField, pageField, sizeField } from '../http/fields.js'
import { pagination } from '../http/paging.js'
import {
  interactionExample,
  interactionListExample,
  messageExample,
  messageListExample,
  messageUserExample,
  messageUserListExample,
} from './conversations.examples.js'

const time = z.iso.datetime({ precision: 3 })
const place = { page: pageField, size: sizeField, cursor: cursorField }

const person = {
  platform: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
}
/** What every event of a conversation has. */
const event = {
  id: z.string().describe("The event's id, as it was sent"),
  time: time.describe('When it happened'),
  chatbotId: z.string(),
  bot: z.string().describe("The chatbot's name"),
  accountId: z.string(),
  messageUser: z.string().describe("The message user's id, 24 hex digits"),
  ...person,
}

export const messageUsersQuery = z.object({ ...filterFields.messageUsers, ...place })
export type MessageUsersQuery = z.output<typeof messageUsersQuery>

const messageUser = z
  .object({
    id: z.string().describe('24 hex digits'),
    accountId: z.string(),
    externalId: z.string().describe("The person's id on the platform"),
    ...person,
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'MessageUser', examples: [messageUserExample] })
export type MessageUser = z.output<typeof messageUser>

export const messageUserList = z
  .object({ data: z.array(messageUser), pagination })
  .meta({ id: 'MessageUserList', examples: [messageUserListExample] })
export type MessageUserList = z.output<typeof messageUserList>

export const messagesQuery = z.object({ ...filterFields.messages, ...place })
export type MessagesQuery = z.output<typeof messagesQuery>

const message = z
  .object({
    ...event,
    sender: z.enum(['user', 'bot']).describe('Who wrote it: the message user or the chatbot'),
    text: z.string().nullable(),
  })
  .meta({ id: 'Message', examples: [messageExample] })
export type Message = z.output<typeof message>

export const messageList = z
  .object({ data: z.array(message), pagination })
  .meta({ id: 'MessageList', examples: [messageListExample] })
export type MessageList = z.output<typeof messageList>

export const interactionsQuery = z.object({ ...filterFields.funnels, ...place })
export type InteractionsQuery = z.output<typeof interactionsQuery>

const interaction = z
  .object({
    ...event,
    funnel: z.string(),
    group: z.string(),
    interaction: z.string().describe('The step that was reached'),
    data: z.array(z.object({ name: z.string(), cxt: z.string() })).describe('What was collected at it'),
  })
  .meta({ id: 'Interaction', examples: [interactionExample] })
export type Interaction = z.output<typeof interaction>

export const interactionList = z
  .object({ data: z.array(interaction), pagination })
  .meta({ id: 'InteractionList', examples: [interactionListExample] })
export type InteractionList = z.output<typeof interactionList>
