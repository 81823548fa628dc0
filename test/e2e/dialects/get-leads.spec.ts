import { Client, type Json } from '../../support/api/client.js'
import { TestContext, type TestWorkspace } from '../../support/context.js'
import { type Program, startProgram } from '../../support/programs/programs.js'
import { addLeads, nasty } from '../../support/samples/leads.js'
import { walk } from '../../support/api/walk.js'

const LEADS = 45

describe('get-leads', () => {
  let context: TestContext
  let gateway: Program
  let demo: TestWorkspace
  let api: Client
  let chatbotId: string

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    chatbotId = demo.chatbot.id
    await addLeads(context.database, demo.workspace.id, chatbotId, LEADS)
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const idsOf = (body: Json): number[] => (body.data as { id: number }[]).map(({ id }) => id)

  it.each([
    ['Chatbase: GET, 200', 200, (query: string) => api.get(`/get-leads?${query}`)],
    ['Chatzuri: POST with a query, 202', 202, (query: string) => api.post(`/get-leads?${query}`, undefined)],
    [
      'Chatzuri: POST with a body, 202',
      202,
      (query: string) => api.post('/get-leads', Object.fromEntries(new URLSearchParams(query))),
    ],
  ])("%s, in the seed's shape and order", async (_, documented, ask) => {
    const { status, text, body } = await ask(`chatbotId=${chatbotId}&startDate=2026-01-01&page=1&size=1`)
    const [{ id, account_id }] = body.data
    const lead = {
      id,
      created_at: '2026-01-01T00:45:00.000Z',
      chatbot_owner_user_id: 'user-1',
      chatbot_id: chatbotId,
      phone: `+5198765${String(LEADS).padStart(4, '0')}`,
      email: `p${LEADS}@example.com`,
      name: nasty[LEADS % nasty.length],
      lead_id: `lead_${LEADS.toString(16).padStart(16, '0')}`,
      account_id,
    }
    expect([typeof id, account_id]).toEqual(['number', expect.stringMatching(/^[0-9a-f]{24}$/)])
    const pagination = { page: 1, size: 1, hasMore: true, next: body.pagination.next }
    const expected = { data: [lead], collectedCustomers: [lead], pagination }
    expect([status, text]).toEqual([documented, JSON.stringify(expected)])
  })

  it('page by page and by cursor, every lead once, newest first', async () => {
    const path = `/get-leads?chatbotId=${chatbotId}&size=7`
    const byCursor = (await walk(api, path, ({ pagination }) => pagination.next)).flatMap(idsOf)
    const byPage: number[] = []
    for (let page = 1; page <= 7; page++) byPage.push(...idsOf((await api.get(`${path}&page=${page}`)).body))
    expect(byPage).toEqual(byCursor)
    expect(byCursor).toEqual([...new Set(byCursor)].sort((a, b) => b - a))
    expect(byCursor).toHaveLength(LEADS)
  })

  it('an unknown chatbot is 404, by the name it was asked for', async () => {
    for (const field of ['chatbotId', 'agentId']) {
      const { status, body } = await api.post('/get-leads', { [field]: 'cb_0000000000000000' })
      expect([status, body.details]).toEqual([404, { field, message: 'The chatbot was not found' }])
    }
  })
})
