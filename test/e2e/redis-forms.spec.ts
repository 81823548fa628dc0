import { Client } from '../support/api/client.js'
import { TestContext } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { redisCluster, type RedisForm, redisSentinel, redisTls } from '../support/redis/redis-forms.js'
import { addLeads } from '../support/samples/leads.js'
import { until } from '../support/until.js'
import { describeWhen } from '../support/when.js'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const suite = describeWhen(process.env['TEST_REDIS_SERVER'] === 'found', 'no redis-server to start here')

suite('the queue by QUEUE_URL', () => {
  let dir: string
  let form: RedisForm
  let context: TestContext
  let programs: Program[] = []
  let api: Client

  /** Nobody sweeps for ten minutes, so it is the queue's message that wakes the worker. */
  async function start(make: (dir: string) => Promise<RedisForm>, more: Record<string, string> = {}) {
    dir = await mkdtemp(join(tmpdir(), 'leadferry-redis-forms-'))
    form = await make(dir)
    context = await TestContext.create('postgres', { SWEEP_SECONDS: '600', ...more, QUEUE_URL: form.url })
    const demo = await context.workspace('demo')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 3)
    const env = { ...context.env, ...form.env }
    // One at a time: the worker's first round of janitors is over before anything is accepted.
    for (const name of ['worker', 'gateway'] as const) programs.push(await startProgram(name, env))
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }
  afterEach(async () => {
    await Promise.all(programs.map((program) => program.stop(10_000)))
    programs = []
    await context.close()
    await form.stop()
    await rm(dir, { recursive: true, force: true })
  })

  const accept = async () => {
    const accepted = await api.post('/exports', { dataset: 'leads', format: 'csv' })
    expect(accepted.status).toBe(202)
    return (accepted.body as { id: string }).id
  }
  const completed = (id: string) =>
    until(`export ${id}`, async () =>
      (await api.get(`/exports/${id}`)).body.state === 'completed' ? true : null,
    )
  const limited = async () =>
    Number(/r=(\d+)/.exec((await api.get('/exports')).headers.get('ratelimit') ?? '')?.[1])

  it.each([
    ['a cluster', redisCluster],
    ['sentinels and a password', redisSentinel],
    ['TLS', redisTls],
  ])(
    'wakes workers through %s, and counts requests there',
    async (_, make) => {
      await start(make)
      for (let n = 0; n < 3; n++) await completed(await accept())
      const before = await limited()
      expect(before).toBeGreaterThan(0)
      expect(await limited()).toBe(before - 1)
    },
    60_000,
  )

  it('goes on where sentinels made a replica the master', async () => {
    await start(redisSentinel, { SWEEP_SECONDS: '2' })
    await completed(await accept())
    await form.servers[0]!.stop()
    const ids = await Promise.all([accept(), accept(), accept()])
    for (const id of ids) await completed(id)
    await until('an export that the queue announced', async () => {
      const id = await accept()
      await completed(id)
      return true
    })
  }, 90_000)
})
