import { ObjectStore } from '#core'
import { Client } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { storedKeys, uploadedKeys } from '../support/store/stored-keys.js'
import { holdTable } from '../support/held-table.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { type Proxy, type ProxyMode, startProxy } from '../support/proxy/proxy.js'
import { addLeads } from '../support/samples/leads.js'

/** Makes 20 MB of ndjson: three parts. */
const LEADS = 40_000
/** What it sends is taken at once, so that its hanging up is seen at once. */
const SLOW: ProxyMode = { how: 'trickle', bytesPerSecond: 512 * 1024 }

describe('an export that is cancelled', () => {
  let context: TestContext
  let gateway: Program
  let worker: Program
  let storage: Proxy
  /** Bytes that had reached the store as a test began. */
  let before: number
  let store: ObjectStore
  let demo: TestWorkspace
  let api: Client

  beforeAll(async () => {
    context = await TestContext.create()
    storage = await startProxy(context.config.S3_ENDPOINT)
    store = new ObjectStore(context.config)
    demo = await context.workspace('demo', 'en')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, LEADS)
    gateway = await startProgram('gateway', context.env)
    // The sweeper comes by once, at the start: what is gone in these tests, the worker has removed itself.
    const env = {
      ...context.env,
      S3_ENDPOINT: storage.via(context.config.S3_ENDPOINT),
      SWEEP_SECONDS: '3600',
    }
    worker = await startProgram('worker', env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  beforeEach(() => {
    before = storage.stats.bytesUp
  })
  afterEach(async () => {
    storage.use({ how: 'pass' })
    const { rows } = await sql(`SELECT id FROM exports WHERE state IN ('queued', 'running')`)
    expect(rows).toEqual([])
  })
  afterAll(async () => {
    await gateway.stop(10_000)
    await worker.stop(10_000)
    store.close()
    await storage.close()
    await context.close()
  })

  const sent = () => storage.stats.bytesUp - before
  const sql = (text: string, values?: unknown[]) =>
    context.testDatabase.superuser.query<Record<string, string>>(text, values)
  const ask = async (more: object = {}): Promise<string> =>
    (await api.post('/exports', { dataset: 'leads', format: 'ndjson', ...more })).body.id as string
  const cancel = (id: string) => api.post(`/exports/${id}/cancel`, undefined)
  const stateOf = async (id: string) => (await api.get(`/exports/${id}`)).body.state as string
  const ended = (id: string) =>
    until(`the attempt at ${id} to end`, () =>
      worker.lines.find((text) => text.includes('export attempt ended') && text.includes(id)),
    )
  const expectNothingLeft = async (id: string): Promise<void> => {
    expect(await stateOf(id)).toBe('cancelled')
    expect((await storedKeys(context)).filter((key) => key.startsWith(id))).toEqual([])
    expect((await uploadedKeys(context)).filter((key) => key.startsWith(id))).toEqual([])
    const { rows } = await sql(
      `SELECT id::text FROM mail_outbox WHERE export_id = $1 UNION SELECT id::text FROM archive_files WHERE export_id = $1`,
      [id],
    )
    expect(rows).toEqual([])
  }

  const waitsFor = (table: string) =>
    until(`a statement to wait for ${table}`, async () => {
      const { rows } = await sql(`SELECT FROM pg_locks WHERE relation = $1::regclass AND NOT granted`, [
        table,
      ])
      return rows.length > 0
    })

  it('while it waits: is never begun', async () => {
    await sql('UPDATE workspaces SET max_running_exports = 1')
    storage.use(SLOW)
    const first = await ask()
    await until('it to run', async () => (await stateOf(first)) === 'running')
    const second = await ask({ format: 'csv' })
    expect((await cancel(second)).body).toMatchObject({ id: second, state: 'cancelled' })
    expect((await cancel(first)).status).toBe(200)
    await ended(first)
    await sql('UPDATE workspaces SET max_running_exports = 2')
    await expectNothingLeft(first)
    await expectNothingLeft(second)
    expect(worker.lines.filter((text) => text.includes(second))).toEqual([])
  })

  it('while rows are read: the read ends', async () => {
    const release = await holdTable(context, 'leads')
    const id = await ask()
    await waitsFor('leads')
    expect((await cancel(id)).status).toBe(200)
    expect(await ended(id)).toContain('"outcome":"lost"')
    await release()
    await expectNothingLeft(id)
  })

  it('while parts go to a slow store: no more bytes, no upload, no object', async () => {
    storage.use(SLOW)
    const id = await ask()
    await until('bytes on their way', () => sent() > 1024 * 1024)
    expect(await uploadedKeys(context)).toHaveLength(1)
    expect((await cancel(id)).status).toBe(200)
    expect(await ended(id)).toContain('"outcome":"lost"')
    const stopped = sent()
    expect(stopped).toBeLessThan(8 * 1024 * 1024)
    await expectNothingLeft(id)
    expect(sent()).toBe(stopped)
  })

  it('while a small file goes to a slow store as one object: none', async () => {
    storage.use(SLOW)
    const id = await ask({ columns: ['name'] })
    await until('bytes on their way', () => sent() > 256 * 1024)
    expect(await uploadedKeys(context)).toEqual([])
    expect((await cancel(id)).status).toBe(200)
    expect(await ended(id)).toContain('"outcome":"lost"')
    await expectNothingLeft(id)
  })

  it('between upload and finish: the whole object is removed', async () => {
    const release = await holdTable(context, 'archive_files')
    const id = await ask({ columns: ['name'] })
    await waitsFor('archive_files')
    expect((await storedKeys(context)).filter((key) => key.startsWith(id))).toHaveLength(1)
    expect((await cancel(id)).status).toBe(200)
    await release()
    expect(await ended(id)).toContain('"outcome":"lost"')
    await expectNothingLeft(id)
  })

  it('while it is put off and waits to be tried again: is not tried again', async () => {
    await context.s3.close()
    const id = await ask()
    await until('the reason', async () => (await api.get(`/exports/${id}`)).body.error !== null)
    expect((await cancel(id)).body.state).toBe('cancelled')
    await context.s3.restart()
    await sql(`UPDATE exports SET not_before = now()`)
    // The one that comes after it is done, so it would have been its turn.
    const next = await ask({ columns: ['name'] })
    await until('the next one', async () => (await stateOf(next)) === 'completed')
    await expectNothingLeft(id)
  })

  it('by two clients at once, and once more: each is told that it is cancelled', async () => {
    storage.use(SLOW)
    const id = await ask()
    await until('it to run', async () => (await stateOf(id)) === 'running')
    const answers = await Promise.all([cancel(id), cancel(id)])
    answers.push(await cancel(id))
    expect(answers.map(({ status, body }) => [status, body.state])).toEqual(
      answers.map(() => [200, 'cancelled']),
    )
    await ended(id)
    await expectNothingLeft(id)
  })

  it('once it has completed: 409, and its file stays', async () => {
    const id = await ask({ columns: ['name'] })
    await until('completion', async () => (await stateOf(id)) === 'completed')
    const late = await cancel(id)
    expect([late.status, late.body.code]).toEqual([409, 'CONFLICT'])
    const link = await api.get(`/exports/${id}/download`)
    expect((await fetch(link.headers.get('location')!)).status).toBe(200)
  })

  it('and one whose claim is another worker’s: what the first one sent is gone, what the second one sends is not touched', async () => {
    storage.use(SLOW)
    const id = await ask()
    await until('bytes on their way', () => sent() > 1024 * 1024)
    const [key] = await uploadedKeys(context)
    const others = key!.replace(`${id}-1/`, `${id}-2/`)
    await store.put(others, Buffer.from('of the second worker'), 'text/plain')
    const theirUpload = await store.createUpload(others, 'text/plain')
    await sql(`UPDATE exports SET epoch = 2, lease_until = now() + interval '1 h' WHERE id = $1`, [id])
    expect(await ended(id)).toContain('"outcome":"lost"')
    expect((await storedKeys(context)).filter((stored) => stored.startsWith(id))).toEqual([others])
    expect(await uploadedKeys(context)).toEqual([others])
    await store.abortUpload(others, theirUpload)
    await store.delete(others)
    await cancel(id)
  })
})
