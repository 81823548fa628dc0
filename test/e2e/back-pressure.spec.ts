import { FunnelsService } from '#leads'
import { Client } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'

/** As many as may wait. */
const LIMIT = 3

describe('a workspace with as many exports waiting as may', () => {
  let context: TestContext
  let gateway: Program
  let demo: TestWorkspace
  let api: Client

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    const group = { name: 'g', doubleCounting: false, newAt: 24, interactions: ['A'] }
    await new FunnelsService(context.database).create(demo.workspace.id, 'f', ['A'], [group])
    await sql('UPDATE workspaces SET max_waiting_exports = $1', [LIMIT])
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  afterEach(() => sql('TRUNCATE exports CASCADE'))
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const sql = (text: string, values?: unknown[]) =>
    context.testDatabase.superuser.query<Record<string, string>>(text, values)
  const waiting = async () =>
    Number((await sql(`SELECT count(*) FROM exports WHERE state = 'queued'`)).rows[0]!['count'])
  const times = (count: number) => Array.from({ length: count }, (_, n) => n)
  const ask = (headers: Record<string, string> = {}) =>
    api.post('/exports', { dataset: 'leads', format: 'csv' }, headers)
  const askByMail = (type: 'csv' | 'json' = 'csv') =>
    api.get(`/demo/lead/export?funnel=f&funnelGroup=g&exportType=${type}&bot=asistente`)
  const refused = (answer: Awaited<ReturnType<typeof ask>>) => {
    expect(answer.status).toBe(429)
    const details = { reason: 'too_many_waiting', limit: LIMIT }
    expect(answer.body).toMatchObject({ code: 'TOO_MANY_REQUESTS', details })
    return Number(answer.headers.get('retry-after'))
  }

  it('refuses more on every door, and joins what is in flight all the same', async () => {
    const first = await askByMail()
    const failed = await ask()
    await sql(`UPDATE exports SET state = 'failed', finished_at = now() WHERE id = $1`, [failed.body.id])
    for (const _ of times(LIMIT - 1)) expect((await ask()).status).toBe(202)
    refused(await ask())
    refused(await askByMail('json'))
    refused(await api.post(`/exports/${failed.body.id}/retry`, undefined))
    expect((await askByMail()).body.exportId).toBe(first.body.exportId)
    expect(await waiting()).toBe(LIMIT)
  })

  it('accepts as many as may of fifty that come at once', async () => {
    const answers = await Promise.all(
      times(50).map((n) => ask(n % 2 === 0 ? {} : { 'Idempotency-Key': `at-once-${n}` })),
    )
    for (const answer of answers.filter(({ status }) => status !== 202)) refused(answer)
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(LIMIT)
    expect(await waiting()).toBe(LIMIT)
  })

  it('does not remember a refusal as the answer to an Idempotency-Key', async () => {
    for (const _ of times(LIMIT)) await ask()
    const key = { 'Idempotency-Key': 'later' }
    refused(await ask(key))
    await sql(`UPDATE exports SET state = 'cancelled'`)
    const accepted = await ask(key)
    expect([accepted.status, accepted.headers.get('idempotency-replayed')]).toEqual([202, null])
    expect((await ask(key)).body.id).toBe(accepted.body.id)
  })

  it.each([
    [20, 10],
    [0.1, 1],
    [3600, 60],
  ])('asks to come back when one may have ended: they took %d s, two run at once', async (took, seconds) => {
    await ask()
    await sql(
      `UPDATE exports SET state = 'completed', bytes = 1, sha256 = 'x', object_key = 'x', finished_at = now(),
         started_at = now() - make_interval(secs => $1)`,
      [took],
    )
    for (const _ of times(LIMIT)) await ask()
    expect(refused(await ask())).toBe(seconds)
  })
})
