import { Client, type Json } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'

describe('Idempotency-Key', () => {
  let context: TestContext
  let gateway: Program
  let a: TestWorkspace
  let b: TestWorkspace
  let api: Client
  let email = 0

  beforeAll(async () => {
    context = await TestContext.create()
    a = await context.workspace('a')
    b = await context.workspace('b')
    gateway = await startProgram('gateway', context.env)
    api = clientOf(a.key)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const clientOf = (key: string) => new Client(`${context.config.PUBLIC_URL}/api/v1`, key)
  const newLead = () => ({
    name: 'Ana Peña',
    email: `ana-${++email}@example.com`,
    metadata: { 2: 'b', a: 1 },
  })
  const csv = { dataset: 'leads', format: 'csv' }
  const under = (key: string) => ({ 'Idempotency-Key': key })
  const keyOf = (name: string) => name.replaceAll(/\W+/g, '-')
  const count = async (table: 'leads' | 'exports') =>
    (await context.testDatabase.superuser.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]

  it.each([
    ['POST /chatbots/{chatbotId}/leads', () => `/chatbots/${a.chatbot.id}/leads`, newLead],
    ['POST /leads', () => '/leads', newLead],
    ['POST /exports', () => '/exports', () => csv],
  ])('%s is done once and answered twice alike', async (name, path, body) => {
    const sent = body()
    const first = await api.post(path(), sent, under(keyOf(name)))
    const before = [await count('leads'), await count('exports')]
    const second = await api.post(path(), sent, under(keyOf(name)))
    expect([await count('leads'), await count('exports')]).toEqual(before)
    expect(second.status).toBe(first.status)
    expect(second.status).toBeLessThan(300)
    expect(second.text).toBe(first.text)
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
    expect([first, second].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
  })

  it('another body is 422 and does nothing', async () => {
    const first = await api.post('/leads', newLead(), under('one-body'))
    const before = await count('leads')
    const second = await api.post('/leads', newLead(), under('one-body'))
    expect([first.status, second.status]).toEqual([201, 422])
    expect(second.body).toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
      details: { field: 'Idempotency-Key' },
    })
    expect(await count('leads')).toEqual(before)
  })

  it('another chatbot in the path is another request', async () => {
    const lead = newLead()
    const first = await api.post(`/chatbots/${a.chatbot.id}/leads`, lead, under('one-path'))
    const second = await api.post('/chatbots/cb_0000000000000000/leads', lead, under('one-path'))
    expect([first.status, second.status]).toEqual([201, 422])
  })

  it('belongs to the key and to the route', async () => {
    const lead = newLead()
    const answers = [
      await api.post('/leads', lead, under('shared')),
      await clientOf(b.key).post('/leads', lead, under('shared')),
      await api.post('/exports', csv, under('shared')),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 202])
  })

  it.each([
    ['409 DUPLICATE_EMAIL', 409, (): Json => ({ name: 'Ana', email: 'taken@example.com' })],
    ['400 of a field', 400, (): Json => ({ name: 'Ana', email: 'nobody' })],
    ['404', 404, (): Json => ({ ...newLead(), chatbotId: 'cb_0000000000000000' })],
  ])('a %s is replayed too', async (name, status, body) => {
    await api.post('/leads', { name: 'Taken', email: 'taken@example.com' })
    const sent = body()
    const first = await api.post('/leads', sent, under(keyOf(name)))
    const second = await api.post('/leads', sent, under(keyOf(name)))
    expect([first.status, second.status]).toEqual([status, status])
    const { requestId: _, ...told } = first.body
    expect(second.body).toMatchObject(told)
    expect((await api.post('/leads', newLead(), under(keyOf(name)))).status).toBe(422)
  })

  it('a refusal leaves nothing of what was written before it', async () => {
    const recipient = 'stranger@example.com'
    const before = await count('exports')
    const refused = await api.post('/exports', { ...csv, recipient }, under('refused'))
    expect(refused.status).toBe(403)
    expect(await count('exports')).toEqual(before)
  })

  it('409 while the first is under way, whose answer then is replayed', async () => {
    const lead = newLead()
    // Holds the address, so that the request waits at its INSERT and stays under way.
    const blocker = await context.testDatabase.superuser.connect()
    await blocker.query('BEGIN')
    await blocker.query('LOCK TABLE leads IN EXCLUSIVE MODE')
    const first = api.post('/leads', lead, under('slow'))
    await until('the first to wait', async () => {
      const waiting = await context.testDatabase.superuser.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      return waiting.rowCount === 1
    })
    const second = await api.post('/leads', lead, under('slow'))
    expect([second.status, second.body.code]).toEqual([409, 'IDEMPOTENCY_IN_FLIGHT'])
    expect(second.headers.get('retry-after')).toBe('1')
    await blocker.query('ROLLBACK')
    blocker.release()
    expect((await first).status).toBe(201)
    const third = await api.post('/leads', lead, under('slow'))
    expect([third.status, third.text]).toEqual([201, (await first).text])
  })

  it('fifty at once make one lead', async () => {
    const lead = newLead()
    const send = () => api.post('/leads', lead, under('at-once'))
    const answers = await Promise.all(Array.from({ length: 50 }, send))
    const made = answers.filter(({ status }) => status === 201)
    expect(new Set(made.map(({ text }) => text)).size).toBe(1)
    const rest = answers.filter(({ status }) => status !== 201)
    expect(rest.filter(({ body }) => body.code !== 'IDEMPOTENCY_IN_FLIGHT')).toEqual([])
  })

  it('is forgotten after 24 hours', async () => {
    const lead = newLead()
    await api.post('/leads', lead, under('old'))
    await context.testDatabase.superuser.query(
      `UPDATE idempotency_keys SET expires_at = clock_timestamp() WHERE key = 'old'`,
    )
    const again = await api.post('/leads', lead, under('old'))
    expect([again.status, again.body.code]).toEqual([409, 'DUPLICATE_EMAIL'])
    const { rows } = await context.testDatabase.superuser.query<{ hours: number }>(
      `SELECT round(extract(epoch FROM expires_at - clock_timestamp()) / 3600)::int AS hours FROM idempotency_keys WHERE key = 'old'`,
    )
    expect(rows).toEqual([{ hours: 24 }])
  })

  it.each(['', ' ', 'x'.repeat(256), 'a b', 'ñ'])('%p is 400', async (key) => {
    const answer = await api.post('/leads', newLead(), under(key))
    expect([answer.status, answer.body.details.field]).toEqual([400, 'Idempotency-Key'])
  })

  it('the queue hears of an export only after the COMMIT, so that a worker finds it', async () => {
    const worker = await startProgram('worker', { ...context.env, SWEEP_SECONDS: '3600' })
    const { body } = await api.post('/exports', csv, under('woken'))
    await until('the export', async () => (await api.get(`/exports/${body.id}`)).body.state === 'completed')
    await worker.stop(10_000)
  })
})

describe('100 creates of one address at once', () => {
  it('make one lead, and 99 answers that name it', async () => {
    const context = await TestContext.create()
    const a = await context.workspace('a')
    const gateway = await startProgram('gateway', context.env)
    const api = new Client(`${context.config.PUBLIC_URL}/api/v1`, a.key)
    const cases = ['ana@example.com', 'Ana@Example.com', 'ANA@EXAMPLE.COM']
    const send = (_: unknown, i: number) => api.post('/leads', { name: `Ana ${i}`, email: cases[i % 3] })
    const answers = await Promise.all(Array.from({ length: 100 }, send))
    const made = answers.filter(({ status }) => status === 201)
    const refused = answers.filter(({ status, body }) => status === 409 && body.code === 'DUPLICATE_EMAIL')
    expect([made.length, refused.length]).toEqual([1, 99])
    expect(new Set(refused.map(({ body }) => body.details.existingLeadId))).toEqual(
      new Set([made[0]!.body.data.id]),
    )
    await gateway.stop(10_000)
    await context.close()
  }, 60_000)
})
