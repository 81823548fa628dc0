import type { ContactRow } from '#leads'
import { refusal } from '../../testing/refusal.js'
import { getLeadsJson } from './get-leads.mapper.js'
import { getLeadsRequest } from './get-leads.request.js'
import { getLeadsAnswer, getLeadsBody, getLeadsQuery } from './get-leads.schema.js'

const lead: ContactRow = {
  id: '42',
  hex: '1234567890abcdef',
  account_id: '5970d180adf62b28c8630566',
  name: 'Zoë',
  email: null,
  phone: null,
  created_at: '2024-01-15T10:30:00.120456Z',
}

describe('get-leads', () => {
  it("writes a lead by the seed's fields, absent ones as null", () => {
    const pagination = { page: 1, size: 20, hasMore: false, next: null }
    const json = getLeadsJson(
      [lead, { ...lead, phone: '+51 "1"' }],
      { id: 'cb_1', ownerUserId: 'u_1' },
      pagination,
    )
    const answer = getLeadsAnswer.parse(JSON.parse(json.toString()))
    const written = {
      id: 42,
      created_at: '2024-01-15T10:30:00.120Z',
      chatbot_owner_user_id: 'u_1',
      chatbot_id: 'cb_1',
      phone: null,
      email: null,
      name: 'Zoë',
      lead_id: 'lead_1234567890abcdef',
      account_id: '5970d180adf62b28c8630566',
    }
    const data = [written, { ...written, phone: '+51 "1"' }]
    expect(answer).toEqual({ data, collectedCustomers: data, pagination })
  })

  it('reads query and body as one', () => {
    const query = getLeadsQuery.parse({ chatbotId: 'cb_1', page: '2', utm: 'ignored' })
    const body = getLeadsBody.parse({ size: 5, page: 2 })
    expect(getLeadsRequest(query, body)).toEqual({
      chatbotId: 'cb_1',
      chatbotField: 'chatbotId',
      startDate: undefined,
      endDate: undefined,
      place: { page: 2, size: 5, offset: 5 },
    })
  })

  it('takes agentId for chatbotId', () => {
    expect(getLeadsRequest({}, { agentId: 'cb_1' })).toMatchObject({
      chatbotId: 'cb_1',
      chatbotField: 'agentId',
    })
    expect(getLeadsRequest({ chatbotId: 'cb_1' }, { agentId: 'cb_1' })).toMatchObject({ chatbotId: 'cb_1' })
  })

  it.each([
    [{}, {}, 'chatbotId'],
    [{ chatbotId: 'a' }, { chatbotId: 'b' }, 'chatbotId'],
    [{ chatbotId: 'a' }, { agentId: 'b' }, 'agentId'],
    [{ chatbotId: 'a', page: 1 }, { page: 2 }, 'page'],
    [{ chatbotId: 'a', page: 1, cursor: 'c' }, {}, 'page'],
  ])('query %j with body %j is wrong in %s', (query, body, field) => {
    expect(refusal(() => getLeadsRequest(query, body)).details.field).toBe(field)
  })

  it('knows every field of a body, and ignores what else is in a query', () => {
    expect(getLeadsBody.safeParse({ chatbotId: 'a', foo: 1 }).success).toBe(false)
    expect(getLeadsQuery.parse({ chatbotId: 'a', foo: '1' })).toEqual({ chatbotId: 'a' })
  })
})
