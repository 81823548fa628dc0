import { Client } from '../support/api/client.js'
import { backends, TestContext, type TestWorkspace } from '../support/context.js'
import { launchProgram, type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { type Proxy, startProxy } from '../support/proxy/proxy.js'
import { uploadedKeys } from '../support/store/stored-keys.js'
import { addLeads } from '../support/samples/leads.js'

// Each test starts several processes.
jest.setTimeout(120_000)

/** Several parts of a multipart upload. */
const LEADS = 80_000

for (const { backend, suite } of backends) {
  suite(`a worker that is told to end, with the queue on ${backend}`, () => {
    let context: TestContext
    let storage: Proxy
    let database: Proxy
    let queue: Proxy | undefined
    let env: Record<string, string>
    let gateway: Program
    let demo: TestWorkspace
    let api: Client
    const workers: Program[] = []

    const proxies = () => [storage, database, ...(queue === undefined ? [] : [queue])]

    beforeAll(async () => {
      context = await TestContext.create(backend)
      demo = await context.workspace('demo')
      await addLeads(context.database, demo.workspace.id, demo.chatbot.id, LEADS)
      storage = await startProxy(context.config.S3_ENDPOINT)
      database = await startProxy(context.config.DATABASE_URL)
      const { QUEUE_URL: queueUrl } = context.config
      queue = queueUrl === undefined ? undefined : await startProxy(queueUrl)
      env = {
        ...context.env,
        S3_ENDPOINT: storage.via(context.config.S3_ENDPOINT),
        DATABASE_URL: database.via(context.config.DATABASE_URL),
        SYSTEM_DATABASE_URL: database.via(context.config.SYSTEM_DATABASE_URL),
        // Part of the queue's fingerprint: the gateway takes the same way.
        ...(queue === undefined ? {} : { QUEUE_URL: queue.via(queueUrl!) }),
      }
      gateway = await startProgram('gateway', { ...env, S3_ENDPOINT: context.config.S3_ENDPOINT })
      api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    }, 90_000)
    afterEach(async () => {
      await Promise.all(proxies().map((proxy) => proxy.open()))
      for (const worker of workers.splice(0)) await worker.stop(20_000)
      await cancelWhatIsLeft()
    })
    afterAll(async () => {
      await gateway.stop(10_000)
      await Promise.all(proxies().map((proxy) => proxy.close()))
      await context.close()
    })

    async function worker(more: Record<string, string> = {}): Promise<Program> {
      const started = await startProgram('worker', { ...env, ...more })
      workers.push(started)
      return started
    }

    /** Or the next test's worker would take it up, and have something in hand that its test knows nothing of. */
    async function cancelWhatIsLeft(): Promise<void> {
      const { rows } = await context.testDatabase.superuser.query<{ id: string }>(
        `SELECT id FROM exports WHERE state IN ('queued', 'running')`,
      )
      // The gateway finds its database again, which a test took away from it as well.
      for (const { id } of rows)
        await until('it to be cancelled', async () => {
          const { status } = await api.post(`/exports/${id}/cancel`, undefined)
          return status === 200
        })
    }

    const rowOf = async (id: string) => {
      const { rows } = await context.testDatabase.superuser.query<{
        state: string
        epoch: number
        crashes: number
        deferrals: number
      }>('SELECT state, epoch, crashes, deferrals FROM exports WHERE id = $1', [id])
      return rows[0]
    }

    /** An export whose worker has begun to upload, and now waits for a store that says nothing. */
    async function stuckExport(): Promise<string> {
      const { body } = await api.post('/exports', { dataset: 'leads', format: 'csv' })
      const id = body.id as string
      await until('its upload', async () => {
        const { rows } = await context.testDatabase.superuser.query<{ upload: string | null }>(
          'SELECT upload_id AS upload FROM upload_intents WHERE holder = $1',
          [id],
        )
        if (rows[0]?.upload === undefined || rows[0].upload === null) return false
        storage.use({ how: 'stall' })
        return true
      })
      return id
    }

    /** With a store that works again; nothing of the first attempt is left in it. */
    async function anotherCompletes(id: string): Promise<void> {
      storage.use({ how: 'pass' })
      await worker()
      const done = await until('completion', async () => {
        const answer = await api.get(`/exports/${id}`)
        return answer.body.state === 'completed' ? answer.body : null
      })
      expect(done).toMatchObject({ attempt: 2, rows: LEADS })
      await until('no upload', async () => (await uploadedKeys(context)).length === 0)
    }

    it('hands back what does not end in time: another one completes it, no crash is counted, no upload left', async () => {
      const first = await worker({ DRAIN_SECONDS: '1' })
      const id = await stuckExport()
      await first.stop(30_000)
      expect(await first.exited).toBe('exited with code 0')
      expect(await rowOf(id)).toEqual({ state: 'queued', epoch: 1, crashes: 0, deferrals: 0 })

      await anotherCompletes(id)
      expect(await rowOf(id)).toMatchObject({ crashes: 0 })
    })

    it('ends what ends in time', async () => {
      const first = await worker({ DRAIN_SECONDS: '20' })
      const id = await stuckExport()
      const stopped = first.stop(30_000)
      await first.says('worker draining')
      storage.use({ how: 'pass' })
      await stopped
      expect(await first.exited).toBe('exited with code 0')
      expect(await rowOf(id)).toMatchObject({ state: 'completed', epoch: 1 })
    })

    it('ends in the middle of removing what a cancelled export left in a store that stalls', async () => {
      const first = await worker({ DRAIN_SECONDS: '1' })
      const id = await stuckExport()
      await api.post(`/exports/${id}/cancel`, undefined)
      await first.stop(30_000)
      expect(await first.exited).toBe('exited with code 0')
      expect(await rowOf(id)).toMatchObject({ state: 'cancelled', crashes: 0 })
    })

    it('told twice, it ends once', async () => {
      const first = await worker({ DRAIN_SECONDS: '3' })
      const id = await stuckExport()
      const stopped = first.stop(30_000)
      await first.says('worker draining')
      await Promise.all([stopped, first.stop(30_000)])
      expect(await first.exited).toBe('exited with code 0')
      expect(await rowOf(id)).toMatchObject({ state: 'queued', crashes: 0 })
    })

    it('says that it could not hand back when the database stalls: another one completes it after the lease', async () => {
      const first = await worker({ DRAIN_SECONDS: '1', EXPORT_LEASE_SECONDS: '2' })
      const id = await stuckExport()
      database.use({ how: 'stall' })
      await first.stop(30_000)
      expect(await first.exited).toBe('exited with code 1')
      expect(first.lines).toContainEqual(expect.stringContaining('could not hand back'))

      database.use({ how: 'pass' })
      await anotherCompletes(id)
    })

    it.each(backend === 'redis' ? ['storage', 'database', 'queue'] : ['storage', 'database'])(
      'with nothing in hand, it ends while the %s stalls, or is down',
      async (part) => {
        const proxy = { storage, database, queue }[part]!
        const stalled = await worker({ DRAIN_SECONDS: '1' })
        proxy.use({ how: 'stall' })
        await stalled.stop(20_000)
        expect(await stalled.exited).toBe('exited with code 0')
        proxy.use({ how: 'pass' })
        const cut = await worker({ DRAIN_SECONDS: '1' })
        await proxy.close()
        await cut.stop(20_000)
        expect(await cut.exited).toBe('exited with code 0')
      },
    )

    it('ends while it boots', async () => {
      const booting = launchProgram('worker', env)
      await booting.says('Starting Nest application')
      await booting.stop(20_000)
      expect(await booting.exited).toBe('exited with code 0')
    })
  })
}
