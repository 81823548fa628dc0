import { setTimeout as sleep } from 'node:timers/promises'
import { KeysService, WorkspacesService } from '#tenancy'
import { Client, type Json } from '../../support/api/client.js'
import { TestContext, type TestWorkspace } from '../../support/context.js'
import { type Program, startProgram } from '../../support/programs/programs.js'
import { until } from '../../support/until.js'

interface Lead {
  id: string
  email: string
  createdAt: string
  updatedAt: string
}

describe('one lead of the workspace', () => {
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
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    nested = `/chatbots/${demo.chatbot.id}/leads`
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const patch = (path: string, body: unknown) => api.send('PATCH', path, body, {})
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

  describe('get', () => {
    it('reads as the list has it, on both paths', async () => {
      const { id } = await newLead({ metadata: { b: 1, a: [{ deep: null }] } })
      const { body } = await api.get('/leads?size=1')
      const [lead] = body.data
      expect(lead.id).toBe(id)
      for (const path of ['/leads', nested]) {
        const answer = await api.get(`${path}/${lead.id}`)
        expect([answer.status, answer.text]).toEqual([200, JSON.stringify({ success: true, data: lead })])
      }
    })

    it('nested under another chatbot it is not found', async () => {
      const lead = await newLead()
      const path = `/chatbots/${otherChatbot}/leads/${lead.id}`
      for (const answer of [await api.get(path), await patch(path, { name: 'x' }), await remove(path)]) {
        expect([answer.status, answer.body.details.field]).toEqual([404, 'leadId'])
      }
      expect((await api.get(`/leads/${lead.id}`)).body.data).toEqual(lead)
      await remove(`/leads/${lead.id}`)
    })
  })

  describe('patch', () => {
    it('changes what it names and nothing else, on both paths', async () => {
      const lead = await newLead({ phone: '1', source: 's', metadata: { a: 1, b: { c: 2 } } })
      await sleep(2)
      const changes = { name: 'Zoë', phone: null, status: 'converted' }
      const answer = await patch(`${nested}/${lead.id}`, changes)
      const { updatedAt } = answer.body.data
      expect(answer.status).toBe(200)
      expect(answer.text).toBe(JSON.stringify({ success: true, data: { ...lead, ...changes, updatedAt } }))
      expect(Date.parse(updatedAt as string)).toBeGreaterThan(Date.parse(lead.updatedAt))
      const second = await patch(`/leads/${lead.id}`, { source: null, metadata: { z: [1, null] } })
      expect(second.body.data).toMatchObject({ ...changes, source: null, metadata: { z: [1, null] } })
      expect((await api.get(`/leads/${lead.id}`)).body.data).toEqual(second.body.data)
    })

    it('remembers new names in metadata, of which exports make columns', async () => {
      const lead = await newLead()
      await patch(`/leads/${lead.id}`, { metadata: { note: 1, 'seen by patch': 2 } })
      const { rows } = await context.testDatabase.superuser.query(
        `SELECT key FROM metadata_keys WHERE dataset = 'leads' ORDER BY position DESC LIMIT 1`,
      )
      expect(rows).toEqual([{ key: 'seen by patch' }])
    })

    it.each([
      [{}, undefined],
      [[], undefined],
      ['', undefined],
      [{ name: null }, 'name'],
      [{ name: ' ' }, 'name'],
      [{ email: null }, 'email'],
      [{ email: 'no address' }, 'email'],
      [{ status: 'sold' }, 'status'],
      [{ metadata: null }, 'metadata'],
      [{ phone: 1 }, 'phone'],
      [{ id: 'lead_0000000000000000' }, 'id'],
      [{ createdAt: '2020-01-01T00:00:00.000Z' }, 'createdAt'],
      [{ name: 'fine', chatbotId: 'cb_0' }, 'chatbotId'],
    ])('%j is refused, and nothing changes', async (body, field) => {
      const lead = await newLead()
      const answer = await patch(`/leads/${lead.id}`, body)
      expect([answer.status, answer.body.code, answer.body.details.field]).toEqual([
        400,
        'VALIDATION_ERROR',
        field,
      ])
      expect((await api.get(`/leads/${lead.id}`)).body.data).toEqual(lead)
    })

    it('an address in another case is its own still', async () => {
      const lead = await newLead()
      const email = lead.email.toUpperCase()
      expect((await patch(`/leads/${lead.id}`, { email })).body.data.email).toBe(email)
      const taken = await api.post('/leads', { name: 'B', email: lead.email })
      expect(taken.body.details.existingLeadId).toBe(lead.id)
    })

    it('the address of another lead is 409 with its id, whatever the case; the one it left is free', async () => {
      const [mine, other] = [await newLead(), await newLead()]
      const email = other.email.toUpperCase()
      const refused = await patch(`${nested}/${mine.id}`, { name: 'not written', email })
      expect([refused.status, refused.body.code, refused.body.details]).toEqual([
        409,
        'DUPLICATE_EMAIL',
        {
          email,
          existingLeadId: other.id,
          message: 'A lead with this email already exists in your workspace',
        },
      ])
      expect((await api.get(`/leads/${mine.id}`)).body.data).toEqual(mine)
      expect((await patch(`/leads/${other.id}`, { email: 'moved.away@example.com' })).status).toBe(200)
      expect((await patch(`/leads/${mine.id}`, { email })).status).toBe(200)
    })

    it('one address, claimed by 20 patches and 20 creates at once, goes to one', async () => {
      const leads = await Promise.all(Array.from({ length: 20 }, () => newLead()))
      const email = 'contended@example.com'
      const answers = await Promise.all(
        leads.flatMap((lead) => [
          patch(`/leads/${lead.id}`, { email }),
          api.post('/leads', { name: 'C', email }),
        ]),
      )
      const won = answers.filter(({ status }) => status < 300)
      const lost = answers.filter(({ status }) => status === 409)
      expect([won.length, lost.length]).toEqual([1, 39])
      const winner = won[0]!.body.data.id
      expect(new Set(lost.map(({ body }) => body.details.existingLeadId))).toEqual(new Set([winner]))
      expect(idsOf(await api.get(`/leads?email=${email}`))).toEqual([winner])
    })

    it('two claims that meet after both looked: the one that comes second is told of the first', async () => {
      const [lead, other] = [await newLead(), await newLead()]
      const email = 'met.in.between@example.com'
      // As another gateway in the middle of claiming the address, not yet committed.
      const claim = await context.database.beginTenant(demo.workspace.id)
      await claim.query(`UPDATE leads SET email = $1, email_lower = $1, claimed_email = $1 WHERE hex = $2`, [
        email,
        other.id.slice('lead_'.length),
      ])
      const waiting = patch(`/leads/${lead.id}`, { email })
      await untilOneWaits()
      await claim.query('COMMIT')
      claim.release()
      const answer = await waiting
      expect([answer.status, answer.body.details.existingLeadId]).toEqual([409, other.id])
    })

    it('a lead born of events has no email; given one, it has claimed it', async () => {
      const id = await bornOfEvents()
      const before = await api.get(`/leads/${id}`)
      expect(before.body.data).toMatchObject({ email: null, name: 'Juan' })
      expect((await patch(`/leads/${id}`, { phone: '+51987654321' })).body.data.email).toBeNull()
      const email = 'born.of.events@example.com'
      expect((await patch(`/leads/${id}`, { email })).body.data).toMatchObject({
        email,
        phone: '+51987654321',
      })
      const taken = await api.post('/leads', { name: 'B', email })
      expect([taken.status, taken.body.details.existingLeadId]).toEqual([409, id])
    })
  })

  describe('delete', () => {
    it.each([
      ['nested', () => nested],
      ['alias', () => '/leads'],
    ])('%s: 204 without a body, then 404, and the address may be used again', async (_, path) => {
      const lead = await newLead()
      const gone = await remove(`${path()}/${lead.id}`)
      expect([gone.status, gone.text]).toEqual([204, ''])
      for (const answer of [
        await api.get(`/leads/${lead.id}`),
        await patch(`/leads/${lead.id}`, { name: 'x' }),
        await remove(`/leads/${lead.id}`),
      ]) {
        expect([answer.status, answer.body.details.field]).toEqual([404, 'leadId'])
      }
      const again = await newLead({ email: lead.email })
      expect(again.id).not.toBe(lead.id)
    })
  })

  it('a key that may only read changes nothing', async () => {
    const lead = await newLead()
    const owner = { ownerName: 'R', ownerEmail: 'r@example.com', scopes: ['leads:read'] as const }
    const key = await new KeysService(context.database).issue(demo.workspace.id, {
      kind: 'api_key',
      ...owner,
    })
    const reader = new Client(`${context.config.PUBLIC_URL}/api/v1`, key.token)
    expect((await reader.get(`/leads/${lead.id}`)).status).toBe(200)
    const statuses = [
      (await reader.send('PATCH', `/leads/${lead.id}`, { name: 'x' }, {})).status,
      (await reader.send('DELETE', `/leads/${lead.id}`, undefined, {})).status,
      (await reader.send('DELETE', `${nested}/${lead.id}`, undefined, {})).status,
    ]
    expect(statuses).toEqual([403, 403, 403])
    expect((await api.get(`/leads/${lead.id}`)).body.data).toEqual(lead)
  })

  /** A lead of a message user, as events leave it. */
  async function bornOfEvents(): Promise<string> {
    return context.database.tenant(demo.workspace.id, async (client) => {
      const user = 'a'.repeat(24)
      await client.query(
        `INSERT INTO message_users (id, workspace_id, account_id, external_id, platform)
         SELECT $2, $1, id, 'juan', 'messenger' FROM accounts WHERE implicit`,
        [demo.workspace.id, user],
      )
      const { rows } = await client.query<{ hex: string }>(
        `INSERT INTO leads (workspace_id, hex, chatbot_id, account_id, message_user_id, name)
         SELECT $1, 'eeeeeeeeeeeeeeee', $2, id, $3, 'Juan' FROM accounts WHERE implicit RETURNING hex`,
        [demo.workspace.id, demo.chatbot.id, user],
      )
      return `lead_${rows[0]!.hex}`
    })
  }

  /** Until a transaction of this database waits for another one to end. */
  const untilOneWaits = () =>
    until('a transaction that waits', async () => {
      const { rows } = await context.testDatabase.superuser.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'transactionid'`,
      )
      return rows.length > 0
    })
})
