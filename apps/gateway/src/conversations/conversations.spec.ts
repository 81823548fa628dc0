import type { InteractionRow, MessageRow, MessageUserRow } from '#leads'
import {
  interactionListExample,
  messageListExample,
  messageUserListExample,
} from './conversations.examples.js'
import { interactionEntry, messageEntry, messageUserEntry } from './conversations.mapper.js'
import { interactionList, interactionsQuery, messageList, messageUserList } from './conversations.schema.js'

const event = {
  place: '7',
  event_id: 'evt_5d7bfc1298317f98',
  occurred_at: '2019-09-13T20:29:06.684999Z',
  chatbot_id: 'cb_1234567890abcdef',
  bot: 'asistente-tarjetas',
  account_id: '5970d180adf62b28c8630566',
  message_user_id: '5d7aa7b9a2b64670f6653afe',
  platform: 'messenger',
  first_name: 'Juan',
  last_name: null,
}
const told = {
  id: 'evt_5d7bfc1298317f98',
  time: '2019-09-13T20:29:06.684Z',
  chatbotId: 'cb_1234567890abcdef',
  bot: 'asistente-tarjetas',
  accountId: '5970d180adf62b28c8630566',
  messageUser: '5d7aa7b9a2b64670f6653afe',
  platform: 'messenger',
  firstName: 'Juan',
  lastName: null,
}

describe('lists of conversations', () => {
  it('write a message under the names that its event came by', () => {
    const row: MessageRow = { ...event, sender: 'user', text: '=1+1\n' }
    expect(messageEntry(row)).toEqual({ ...told, sender: 'user', text: '=1+1\n' })
  })

  it('write an interaction with its data in the order that it came in', () => {
    // As jsonb gives it: shorter keys first.
    const data = [{ cxt: '12345678', name: 'DNI' }]
    const row: InteractionRow = { ...event, funnel: 'f', group: 'g', interaction: 'DNI', data }
    const entry = interactionEntry(row)
    expect(entry).toEqual({ ...told, funnel: 'f', group: 'g', interaction: 'DNI', data })
    expect(JSON.stringify(entry.data)).toBe('[{"name":"DNI","cxt":"12345678"}]')
  })

  it('write a message user by both of its ids', () => {
    const row: MessageUserRow = {
      id: '5d7aa7b9a2b64670f6653afe',
      account_id: '5970d180adf62b28c8630566',
      external_id: '2841956135',
      platform: 'messenger',
      first_name: null,
      last_name: 'Perez',
      created_at: '2019-09-12T20:16:57.120001Z',
      updated_at: '2019-09-13T20:29:06.684001Z',
    }
    expect(messageUserEntry(row)).toEqual({ ...messageUserListExample.data[0], firstName: null })
  })

  it('have examples of what they show, field by field', () => {
    expect(messageList.parse(messageListExample)).toEqual(messageListExample)
    expect(interactionList.parse(interactionListExample)).toEqual(interactionListExample)
    expect(messageUserList.parse(messageUserListExample)).toEqual(messageUserListExample)
  })

  it('take either name of an account, and ignore what else is in a query', () => {
    expect(interactionsQuery.parse({ size: '500', account: 'a', accountId: 'a', _: '1' })).toEqual({
      size: 100,
      account: 'a',
      accountId: 'a',
    })
  })
})
