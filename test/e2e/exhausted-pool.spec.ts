import { freePort } from '../../tools/local-stack/ports.js'
import { Client } from '../support/api/client.js'
import { scrape } from '../support/api/exposition.js'
import { KeysService } from '#tenancy'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { holdTable } from '../support/held-table.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'

const POOL = 5
/** Connections that one workspace may have, and those of its writes. */
const SHARE = 4
const WRITES = 3
/** A list that shares its connection with no other. */
const ALONE = '/leads?status=new'

describe('a gateway whose connections to PostgreSQL are all in use', () => {
  let context: TestContext
  let gateway: Program
  let demo: TestWorkspace
  let api: Client
  let others: Client[]
  let origin: string
  let metrics: string

  beforeAll(async () => {
    context = await TestContext.create('postgres', {
      DATABASE_POOL: String(POOL),
      RATE_LIMIT_PER_MINUTE: '0',
    })
    demo = await context.workspace('demo')
    const METRICS_PORT = String(await freePort())
    metrics = `http://127.0.0.1:${METRICS_PORT}`
    gateway = await startProgram('gateway', { ...context.env, METRICS_PORT })
    origin = context.config.PUBLIC_URL
    api = new Client(`${origin}/api/v1`, demo.key)
    others = []
    for (const codename of ['other', 'third'])
      others.push(new Client(`${origin}/api/v1`, (await context.workspace(codename)).key))
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const superuser = () => context.testDatabase.superuser
  const lead = (n: number | string) => ({ name: 'Ana', email: `lead-${n}@example.com` })
  const times = (count: number) => Array.from({ length: count }, (_, n) => n)
  const emails = async () =>
    (await superuser().query<{ email: string }>('SELECT email FROM leads')).rows.map(({ email }) => email)

  /** Does something while nobody else gets at a table. */
  async function whileLocked(table: string, work: () => Promise<void>): Promise<void> {
    const release = await holdTable(context, table)
    await work().finally(release)
  }
  /** As many lists as fill the pool: of two workspaces, because none may have all of it. */
  const hangAll = () => times(POOL).map((n) => (n < SHARE ? api : others[0]!).get(ALONE))
  const waitingForLocks = (role: string, connections = POOL) =>
    until('every connection to hang', async () => {
      const { rowCount } = await superuser().query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = $1 AND wait_event_type = 'Lock'`,
        [role],
      )
      return rowCount === connections
    })

  it('answers 503 with Retry-After while they hang, at once, and as ever when they come back', async () => {
    const told: number[] = []
    let hanging: Promise<{ status: number }[]> = Promise.resolve([])
    await whileLocked('leads', async () => {
      hanging = Promise.all(hangAll())
      await waitingForLocks('leadferry_app')
      // Those who wait are refused with those who came to wait after them.
      const waited = await Promise.all(times(20).map((n) => api.post('/leads', lead(`waited-${n}`))))
      expect(new Set(waited.map(({ status }) => status))).toEqual(new Set([503]))
      const headers = { 'Idempotency-Key': 'while-locked' }
      for (const answer of [
        await api.post('/leads', lead('key'), headers),
        await api.get('/leads'),
        await api.post('/exports', { dataset: 'leads', format: 'csv' }),
      ]) {
        told.push(answer.status)
        expect(answer.body).toMatchObject({ code: 'UNAVAILABLE' })
        expect(answer.headers.get('retry-after')).toBe('1')
      }
      expect((await fetch(`${origin}/health/live`)).status).toBe(200)
    })
    expect(told).toEqual([503, 503, 503])
    expect((await hanging).map(({ status }) => status)).toEqual(times(POOL).map(() => 200))
    expect(await emails()).toEqual([])
    const again = await api.post('/leads', lead('key'), { 'Idempotency-Key': 'while-locked' })
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, null])
    expect(await emails()).toEqual(['lead-key@example.com'])
  })

  it('answers 503 where the keys can not be read either', async () => {
    // Keys that the gateway has not seen yet.
    const keys = new KeysService(context.database)
    const owner = { kind: 'api_key', ownerName: 'Ana', ownerEmail: 'ana@example.com' } as const
    const tokens = await Promise.all(times(POOL + 1).map(() => keys.issue(demo.workspace.id, owner)))
    const ask = ({ token }: { token: string }) => new Client(`${origin}/api/v1`, token).get('/leads')
    let hanging: Promise<{ status: number }[]> = Promise.resolve([])
    await whileLocked('api_keys', async () => {
      hanging = Promise.all(tokens.slice(1).map(ask))
      await waitingForLocks('leadferry_system')
      expect((await ask(tokens[0]!)).status).toBe(503)
    })
    expect((await hanging).map(({ status }) => status)).toEqual(times(POOL).map(() => 200))
    await until('an answer', async () => (await api.get('/leads')).status === 200)
  })

  it('tells how many wait for a connection', async () => {
    const waiting = async () => (await scrape(metrics)).of('leadferry_database_pool_waiting{role="app"}')
    expect(await waiting()).toBe(0)
    let asked: Promise<unknown> = Promise.resolve()
    await whileLocked('leads', async () => {
      const hanging = hangAll()
      await waitingForLocks('leadferry_app')
      asked = Promise.all([...hanging, ...times(7).map(() => api.get(ALONE))])
      expect(await until('the line', async () => (await waiting()) === 7)).toBe(true)
    })
    await asked
  })

  it('answers other workspaces while all that one workspace may have hangs', async () => {
    let hanging: Promise<{ status: number }[]> = Promise.resolve([])
    // Nothing is read of it where a chatbot is unknown.
    await whileLocked('leads', async () => {
      hanging = Promise.all(times(2 * POOL).map(() => api.get(ALONE)))
      await waitingForLocks('leadferry_app', SHARE)
      const refused = await until('those who wait to be refused', async () => {
        const { status } = await api.get(ALONE)
        return status === 503
      })
      expect(refused).toBe(true)
      for (const other of others) expect((await other.get('/exports')).status).toBe(200)
    })
    expect(new Set((await hanging).map(({ status }) => status))).toEqual(new Set([200, 503]))
  })

  it('reads while all that writes may have hangs', async () => {
    let hanging: Promise<{ status: number }[]> = Promise.resolve([])
    await whileLocked('leads', async () => {
      hanging = Promise.all(
        times(POOL).flatMap((n) =>
          [api, ...others].map((client) => client.post('/leads', lead(`write-${n}`))),
        ),
      )
      await waitingForLocks('leadferry_app', SHARE)
      // WRITES of the first workspace and the rest of the second one: a connection is left.
      expect(SHARE - WRITES).toBe(1)
      expect((await api.get('/demo/message-users')).status).toBe(200)
    })
    await hanging
  })

  it('answers everyone when it is busy, and moves', async () => {
    const asked = await Promise.all(
      times(200).map((n) => (n % 2 === 0 ? api.get('/leads') : api.post('/leads', lead(n)))),
    )
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200, 201]))
  })

  it('PostgreSQL that has no connection left is 503 too', async () => {
    const [{ name }] = (await superuser().query<{ name: string }>('SELECT current_database() AS name'))
      .rows as [{ name: string }]
    await superuser().query(`ALTER DATABASE ${name} CONNECTION LIMIT 0`)
    await superuser().query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND usename IN ('leadferry_app', 'leadferry_system')`,
    )
    const refused = await until('a refusal', async () => {
      const answer = await api.get('/leads')
      return answer.status === 503 && answer
    })
    expect(refused.body).toMatchObject({ code: 'UNAVAILABLE' })
    expect(refused.headers.get('retry-after')).not.toBeNull()
    await superuser().query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`)
    await until('an answer', async () => (await api.get('/leads')).status === 200)
  })
})
