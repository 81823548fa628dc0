import { Client } from '../support/api/client.js'
import { KeysService } from '#tenancy'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'

const LIMIT = 60
/** Creates with an Idempotency-Key whose answers are more than a megabyte. */
const SENT = 75

describe('what requests cost', () => {
  let context: TestContext
  let gateway: Program
  let demo: TestWorkspace

  beforeAll(async () => {
    context = await TestContext.create('postgres', { RATE_LIMIT_PER_MINUTE: String(LIMIT) })
    demo = await context.workspace('demo')
    gateway = await startProgram('gateway', context.env)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  /** With a key of its own, which has all of its tokens. */
  async function client(): Promise<Client> {
    const owner = { kind: 'api_key', ownerName: 'Ana', ownerEmail: demo.owner } as const
    const { token } = await new KeysService(context.database).issue(demo.workspace.id, owner)
    return new Client(`${context.config.PUBLIC_URL}/api/v1`, token)
  }
  let id = 0
  const events = (count: number) => ({
    events: Array.from({ length: count }, () => ({
      id: `event-${id++}`,
      type: 'message',
      time: new Date(Date.now() - 60_000).toISOString(),
      bot: 'asistente',
      account: { platform: 'whatsapp', name: 'Ventas' },
      user: { id: `user-${id % 7}` },
      sender: 'user',
      text: 'Hola',
    })),
  })
  const left = ({ headers }: { headers: Headers }) =>
    Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1])
  const stored = async () =>
    (await context.testDatabase.superuser.query<{ n: number }>('SELECT count(*)::int AS n FROM messages'))
      .rows[0]!.n

  it.each([
    ['a list', 1, (api: Client) => api.get('/leads?size=100')],
    ['a create', 1, (api: Client) => api.post('/leads', { name: 'Ana', email: `ana-${id++}@example.com` })],
    ['a batch of ten events', 1, (api: Client) => api.post('/demo/events', events(10))],
    ['a batch of eleven events', 2, (api: Client) => api.post('/demo/events', events(11))],
    ['a batch of 200 events', 20, (api: Client) => api.post('/demo/events', events(200))],
    ['an export', 10, (api: Client) => api.post('/exports', { dataset: 'leads', format: 'csv' })],
    ['a download', 10, (api: Client) => api.get('/exports/exp_0000000000000000/download')],
  ])('%s costs %d', async (_, cost, ask) => {
    expect(left(await ask(await client()))).toBe(LIMIT - cost)
  })

  it('a batch that is too expensive for the rest of the window is 429, and nothing of it is written', async () => {
    const api = await client()
    expect((await api.post('/demo/events', events(400))).status).toBe(200)
    const before = await stored()
    const refused = await api.post('/demo/events', events(300))
    expect([refused.status, refused.body.details.reason]).toEqual([429, 'rate_limited'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await stored()).toBe(before)
    // A token was taken before the body was read, and the rest is there for smaller ones.
    expect(left(refused)).toBe(LIMIT - 40 - 1)
    expect((await api.post('/demo/events', events(100))).status).toBe(200)
  })

  it('a batch that costs more than a window has is 413 that says how many events may come', async () => {
    const before = await stored()
    const refused = await (await client()).post('/demo/events', events(601))
    expect([refused.status, refused.body.details]).toEqual([
      413,
      expect.objectContaining({ field: 'events', reason: 'over_rate_limit', limit: LIMIT }),
    ])
    expect(refused.body.message).toContain('600')
    expect(await stored()).toBe(before)
    expect((await (await client()).post('/demo/events', events(600))).status).toBe(200)
  })
})

describe('the budget of Idempotency-Keys', () => {
  it('refuses what could not be kept, does nothing of it, and goes on replaying', async () => {
    const context = await TestContext.create('postgres', { IDEMPOTENCY_MEGABYTES_PER_DAY: '1' })
    const demo = await context.workspace('demo')
    const gateway = await startProgram('gateway', context.env)
    const api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    const metadata = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`name-${n}`, 'x'.repeat(1800)]))
    const send = (n: number, key = true) =>
      api.post(
        '/leads',
        { name: 'Ana', email: `a-${n}@example.com`, metadata },
        key ? { 'Idempotency-Key': `k-${n}` } : {},
      )
    const answers = []
    for (let n = 0; n < SENT; n++) answers.push(await send(n))
    const made = answers.filter(({ status }) => status === 201)
    const refused = answers.filter(({ status }) => status === 429)
    expect([made.length + refused.length, refused.length > 0, made.length > 50]).toEqual([SENT, true, true])
    expect(refused[0]!.body.details).toMatchObject({ reason: 'idempotency_budget', limit: 1_000_000 })
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(60)
    const { rows } = await context.testDatabase.superuser.query<{ leads: number; bytes: number }>(
      `SELECT (SELECT count(*)::int FROM leads) AS leads, sum(octet_length(body))::int AS bytes FROM idempotency_keys`,
    )
    expect(rows[0]!.leads).toBe(made.length)
    expect(rows[0]!.bytes).toBeLessThanOrEqual(1_000_000)
    expect((await send(0)).headers.get('idempotency-replayed')).toBe('true')
    expect((await send(SENT - 1, false)).status).toBe(201)
    await gateway.stop(10_000)
    await context.close()
  }, 60_000)
})
