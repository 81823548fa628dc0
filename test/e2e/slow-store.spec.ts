import { Client } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { residentMemoryMb } from '../support/programs/usage.js'
import { until } from '../support/until.js'
import { type Proxy, startProxy } from '../support/proxy/proxy.js'
import { addLeads } from '../support/samples/leads.js'

/** About 40 MB as csv: more than the parts of an upload, the pipes and the sockets hold together. */
const LEADS = 60_000
const MB = 1024 * 1024

describe('a store that takes bytes slowly', () => {
  let context: TestContext
  let storage: Proxy
  let gateway: Program
  let worker: Program
  let demo: TestWorkspace
  let api: Client
  /** How long an attempt may take, in seconds. */
  const most = 4

  beforeAll(async () => {
    context = await TestContext.create()
    storage = await startProxy(context.config.S3_ENDPOINT)
    demo = await context.workspace('demo')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, LEADS)
    await context.testDatabase.superuser.query(
      `UPDATE leads SET metadata = metadata || jsonb_build_object('note', repeat(md5(id::text), 16))`,
    )
    const env = {
      ...context.env,
      S3_ENDPOINT: storage.via(context.config.S3_ENDPOINT),
      EXPORT_MAX_SECONDS: String(most),
    }
    worker = await startProgram('worker', env)
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 120_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await worker.stop(10_000)
    await storage.close()
    await context.close()
  })

  /** Age in seconds of the oldest transaction that reads for an export; null when none does. */
  const oldestSnapshot = async () => {
    const { rows } = await context.testDatabase.superuser.query<{ age: number | null }>(
      `SELECT extract(epoch FROM max(clock_timestamp() - xact_start))::float AS age FROM pg_stat_activity
       WHERE datname = current_database() AND usename = 'leadferry_app' AND query LIKE '%COPY%'`,
    )
    return rows[0]?.age ?? null
  }
  /** Bytes that the worker has in memory. */
  const memory = () => residentMemoryMb(worker.pid!) * 1e6
  const state = async (id: string) => (await api.get(`/exports/${id}`)).body

  it.each([
    ['csv', { format: 'csv' }, { how: 'slow', bytesPerSecond: 400_000 }],
    ['ndjson.gz', { format: 'ndjson', gzip: true }, { how: 'slow', bytesPerSecond: 80_000 }],
    ['xlsx', { format: 'xlsx' }, { how: 'slow', bytesPerSecond: 80_000 }],
    ['csv, of which it takes nothing', { format: 'csv' }, { how: 'stall' }],
  ] as const)(
    '%s: the snapshot ends in time, memory stays, and it is tried again until the store is well',
    async (_, request, mode) => {
      storage.use(mode)
      const before = memory()
      const { id } = (await api.post('/exports', { dataset: 'leads', ...request })).body as { id: string }
      let peak = { memory: 0, age: 0 }
      const waiting = await until('it to be put off', async () => {
        const age = (await oldestSnapshot()) ?? 0
        peak = { memory: Math.max(peak.memory, memory()), age: Math.max(peak.age, age) }
        const body = await state(id)
        return body.error === null ? null : body
      })
      expect(waiting).toMatchObject({ state: 'queued', error: { code: 'timed_out' } })
      expect(await oldestSnapshot()).toBeNull()
      // It was there to be ended, and was not looked at only after its end.
      expect(peak.age).toBeGreaterThan(0)
      expect(peak.age).toBeLessThan(most + 3)
      // Four parts of 8 MiB, the renderer's and zlib's pieces, what is in the sockets, and the heap's own growth.
      expect(peak.memory - before).toBeLessThan(130 * MB)

      storage.use({ how: 'pass' })
      await context.testDatabase.superuser.query(`UPDATE exports SET not_before = now() WHERE id = $1`, [id])
      await until('completion', async () => (await state(id)).state === 'completed')
    },
    60_000,
  )

  it('a worker that freezes in the middle of it loses its snapshot all the same', async () => {
    storage.use({ how: 'slow', bytesPerSecond: 100_000 })
    const { id } = (await api.post('/exports', { dataset: 'leads', format: 'csv' })).body as { id: string }
    await until('the snapshot', async () => (await oldestSnapshot()) !== null)
    process.kill(worker.pid!, 'SIGSTOP')
    try {
      expect(await oldestSnapshot()).not.toBeNull()
      await until('its end', async () => (await oldestSnapshot()) === null)
    } finally {
      process.kill(worker.pid!, 'SIGCONT')
    }
    storage.use({ how: 'pass' })
    await until('completion', async () => {
      await context.testDatabase.superuser.query(`UPDATE exports SET not_before = now() WHERE id = $1`, [id])
      return (await state(id)).state === 'completed'
    })
  }, 60_000)
})
