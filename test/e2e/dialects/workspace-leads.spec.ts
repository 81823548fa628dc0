import { WorkspacesService } from '#tenancy'
import { Client, type Json } from '../../support/api/client.js'
import { TestContext, type TestWorkspace } from '../../support/context.js'
import { type Program, startProgram } from '../../support/programs/programs.js'
import { addLeads, nasty } from '../../support/samples/leads.js'
import { walk } from '../../support/api/walk.js'

const LEADS = 45

interface Lead {
  id: string
  email: string
  createdAt: string
  updatedAt: string
}

describe('workspace leads', () => {
  let context: TestContext
  let gateway: Program
  let demo: TestWorkspace
  let api: Client
  let nested: string
  let otherChatbot: string

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    const other = { name: 'other', ownerUserId: 'user-2' }
    otherChatbot = (await new WorkspacesService(context.database).addChatbot(demo.workspace.id, other)).id
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, LEADS)
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    nested = `/chatbots/${demo.chatbot.id}/leads`
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const remove = (path: string) => api.send('DELETE', path, undefined, {})
  let created = 0
  /** A new lead, to be changed at will. */
  async function newLead(more: object = {}, chatbotId = demo.chatbot.id): Promise<Lead> {
    const lead = { name: 'Ana', email: `new-${++created}@example.com`, ...more }
    const answer = await api.post(`/chatbots/${chatbotId}/leads`, lead)
    expect(answer.status).toBe(201)
    return answer.body.data
  }
  const idsOf = (answer: { body: Json }): string[] => (answer.body.data as Lead[]).map(({ id }) => id)

  describe('create', () => {
    it.each([
      ['nested', () => nested],
      ['alias', () => '/leads'],
    ])("%s: the seed's example, answered field by field in the seed's order", async (kind, path) => {
      const lead = {
        name: 'John Doe',
        email: `john.doe.${kind}@example.com`,
        phone: '+1-555-123-4567',
        source: 'website',
        status: 'new',
        metadata: { utm_source: 'google', interests: ['product_a', 'product_b'], company: 'Tech Corp' },
      }
      const { status, text, body } = await api.post(path(), lead)
      const { id, metadata, createdAt, updatedAt } = body.data
      expect(metadata).toEqual(lead.metadata)
      expect(id).toMatch(/^lead_[0-9a-f]{16}$/)
      const data = { id, ...lead, metadata, createdAt, updatedAt, workspaceId: demo.workspace.id }
      expect([status, text]).toEqual([201, JSON.stringify({ success: true, data })])
      expect(new Date(createdAt as string).toISOString()).toBe(createdAt)
      const again = await api.post(path(), { ...lead, email: lead.email.toUpperCase() })
      expect([again.status, again.body.code, again.body.details]).toEqual([
        409,
        'DUPLICATE_EMAIL',
        {
          email: lead.email.toUpperCase(),
          existingLeadId: id,
          message: 'A lead with this email already exists in your workspace',
        },
      ])
      expect((await remove(`/leads/${id}`)).status).toBe(204)
    })

    it('alias: of the chatbot that the body names', async () => {
      const { body } = await api.post('/leads', {
        name: 'A',
        email: 'named@x.example',
        chatbotId: otherChatbot,
      })
      expect((await api.get(`/chatbots/${otherChatbot}/leads/${body.data.id}`)).status).toBe(200)
      expect((await remove(`/leads/${body.data.id}`)).status).toBe(204)
    })
  })

  describe('list', () => {
    const paths: [string, () => string][] = [
      ['nested', () => nested],
      ['alias', () => '/leads'],
    ]
    const next = (body: Json) => body.pagination.next as string | null

    it.each(paths)('%s: newest first, in the shape of a created lead', async (_, path) => {
      const { status, text, body } = await api.get(`${path()}?size=1`)
      const hex = LEADS.toString(16).padStart(16, '0')
      const lead = {
        id: `lead_${hex}`,
        name: nasty[LEADS % nasty.length],
        email: `p${LEADS}@example.com`,
        phone: `+5198765${String(LEADS).padStart(4, '0')}`,
        source: 'web',
        status: 'new',
        metadata: { note: nasty[(LEADS + 7) % nasty.length], utm_source: 'google' },
        createdAt: '2026-01-01T00:45:00.000Z',
        updatedAt: body.data[0].updatedAt,
        workspaceId: demo.workspace.id,
      }
      const pagination = { page: 1, size: 1, hasMore: true, next: body.pagination.next }
      expect([status, JSON.stringify(JSON.parse(text))]).toEqual([
        200,
        JSON.stringify({ success: true, data: [lead], pagination }),
      ])
    })

    it.each(paths)('%s: page by page and by cursor, every lead once', async (_, path) => {
      const all = idsOf(await api.get(`${path()}?size=100`))
      expect(new Set(all).size).toBe(LEADS)
      const byCursor = (await walk(api, `${path()}?size=7`, next)).flatMap((body) => idsOf({ body }))
      expect(byCursor).toEqual(all)
      const byPage: string[] = []
      for (let page = 1; page <= 7; page++) {
        const answer = await api.get(`${path()}?size=7&page=${page}`)
        byPage.push(...idsOf(answer))
        expect(answer.body.pagination).toMatchObject({ page, size: 7, hasMore: page < 7 })
      }
      expect(byPage).toEqual(all)
    })

    it('clamps the size and says so; a page behind the last is empty', async () => {
      expect((await api.get('/leads?size=1000')).body.pagination).toMatchObject({ size: 100 })
      const { body } = await api.get('/leads?page=99')
      expect([body.data, body.pagination]).toEqual([[], { page: 99, size: 20, hasMore: false, next: null }])
    })

    it.each([
      ['status=sold', 'status'],
      ['email=', 'email'],
      ['startDate=2026-1-1', 'startDate'],
      ['startDate=2026-02-01&endDate=2026-01-01', 'startDate'],
      ['page=0', 'page'],
      ['size=1e3', 'size'],
      ['page=100002&size=1', 'cursor'],
      ['cursor=abc', 'cursor'],
      ['account=a&accountId=b', 'accountId'],
    ])('%s is refused, naming %s', async (query, field) => {
      for (const path of ['/leads', nested]) {
        const { status, body } = await api.get(`${path}?${query}`)
        expect([status, body.details.field]).toEqual([400, field])
      }
    })

    it('a cursor is good for the filter it was made under only', async () => {
      const cursor = next((await api.get('/leads?size=1&source=web')).body)
      expect((await api.get(`/leads?source=web&cursor=${cursor}`)).status).toBe(200)
      const { status, body } = await api.get(`/leads?source=other&cursor=${cursor}`)
      expect([status, body.code]).toEqual([400, 'INVALID_CURSOR'])
      expect((await api.get(`/leads?source=web&page=1&cursor=${cursor}`)).body.details.field).toBe('page')
    })

    describe('filters', () => {
      let mine: Lead
      let others: Lead
      let implicit: string
      let account: string

      beforeAll(async () => {
        mine = await newLead({ source: 'fair', status: 'qualified', email: 'Filter.Me@Example.com' })
        others = await newLead({ source: 'fair', status: 'lost' }, otherChatbot)
        const { body } = await api.get(`/get-leads?chatbotId=${otherChatbot}`)
        implicit = body.data[0].account_id
        const workspaces = new WorkspacesService(context.database)
        const channel = { name: 'Web', slug: 'web', platform: 'webchat' }
        account = (await workspaces.addAccount(demo.workspace.id, channel)).id
      })
      afterAll(async () => {
        await remove(`/leads/${mine.id}`)
        await remove(`/leads/${others.id}`)
      })

      const cases: [string, () => string, () => string[]][] = [
        ['source', () => 'source=fair', () => [others.id, mine.id]],
        ['status', () => 'status=qualified', () => [mine.id]],
        ['both', () => 'source=fair&status=new', () => []],
        ['email, whatever its case', () => 'email=fILTER.mE%40example.com', () => [mine.id]],
        ['email, the whole of it', () => 'email=ilter.me%40example.com', () => []],
        ['dates', () => `startDate=${mine.createdAt.slice(0, 10)}`, () => [others.id, mine.id]],
        ['chatbotId', () => `chatbotId=${otherChatbot}`, () => [others.id]],
        ['an account', () => `account=${implicit}&status=lost`, () => [others.id]],
        ['an account by its other name', () => `accountId=${implicit}&status=lost`, () => [others.id]],
        ['an account without leads', () => `account=${account}`, () => []],
      ]
      it.each(cases)('%s', async (_, query, expected) => {
        expect(idsOf(await api.get(`/leads?${query()}`))).toEqual(expected())
      })

      it('nested, beside the chatbot of the path', async () => {
        expect(idsOf(await api.get(`${nested}?source=fair`))).toEqual([mine.id])
        expect(idsOf(await api.get(`/chatbots/${otherChatbot}/leads`))).toEqual([others.id])
      })

      it('a day is inclusive, timestamps are half-open', async () => {
        const within = (query: string) => api.get(`/leads?size=100&source=web&${query}`)
        expect(idsOf(await within('startDate=2026-01-01&endDate=2026-01-01'))).toHaveLength(LEADS)
        const tenMinutes = 'startDate=2026-01-01T00:10:00Z&endDate=2026-01-01T00:20:00Z'
        expect(idsOf(await within(tenMinutes))).toHaveLength(10)
      })
    })
  })
})
