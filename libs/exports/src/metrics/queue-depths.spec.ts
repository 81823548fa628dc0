import { Metrics } from '#core'
import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'
import { addDueMails } from '../../../../test/support/samples/mails.js'
import { queueDepths } from './queue-depths.js'
import { QueueMetrics } from './queue-metrics.js'

describe('what waits on a queue', () => {
  let context: TestContext
  let demo: TestWorkspace
  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
  })
  afterAll(() => context.close())
  afterEach(() => context.testDatabase.superuser.query('TRUNCATE exports, mail_outbox, archive_days CASCADE'))

  const sql = (text: string) => context.testDatabase.superuser.query(text)
  const depthOf = async (queue: string) =>
    (await queueDepths(context.database)).find((depth) => depth.queue === queue)

  it('is as old as what was due first', async () => {
    await addDueMails(context, demo, 2)
    await sql(
      `UPDATE mail_outbox SET not_before = now() - interval '1 hour' WHERE id = (SELECT min(id) FROM mail_outbox)`,
    )
    const depth = await depthOf('mail')
    expect(depth).toMatchObject({ waiting: 2, running: 0 })
    expect(depth?.age).toBeGreaterThanOrEqual(3600)
    expect(depth?.age).toBeLessThan(3700)
  })

  it('is as old as the lease that ran out, of work whose worker is gone; work under way is no wait', async () => {
    await addDueMails(context, demo, 1)
    await sql(`UPDATE mail_outbox SET state = 'sending', not_before = now() - interval '1 day',
      lease_until = now() + interval '1 minute'`)
    expect(await depthOf('mail')).toEqual({ queue: 'mail', waiting: 0, running: 1, age: 0 })
    await sql(`UPDATE mail_outbox SET lease_until = now() - interval '1 hour'`)
    expect((await depthOf('mail'))?.age).toBeGreaterThanOrEqual(3600)

    await sql(`UPDATE exports SET state = 'running', lease_until = now() - interval '2 hours'`)
    const exports = await depthOf('exports')
    expect(exports?.running).toBeGreaterThan(0)
    expect(exports?.age).toBeGreaterThanOrEqual(7200)

    await sql(`INSERT INTO archive_days (workspace_id, day, state, lease_until)
      VALUES ('${demo.workspace.id}', '2026-01-01', 'building', now() - interval '3 hours')`)
    expect((await depthOf('archive'))?.age).toBeGreaterThanOrEqual(10_800)
  })

  it('is told by one scrape whole, and not at all while the database is away', async () => {
    await addDueMails(context, demo, 3)
    const [there, away] = [new Metrics(), new Metrics()]
    new QueueMetrics(there, context.database)
    const told = (await there.exposition()).text
    expect(told).toContain('leadferry_queue_waiting{queue="mail"} 3')
    expect(told).toMatch(/leadferry_queue_oldest_age_seconds\{queue="mail"\} [\d.]+/)
    expect(told).toContain('leadferry_dead_letters{kind="mail"} 0')

    // A fake: a database that answers once and then no more.
    let answers = true
    const query = (text: string) =>
      answers ? context.database.system.query(text) : Promise.reject(new Error('the database is away'))
    new QueueMetrics(away, { system: { query } } as never)
    expect((await away.exposition()).text).toContain('leadferry_queue_waiting{queue="mail"} 3')
    answers = false
    expect((await away.exposition()).text).not.toMatch(/^leadferry_/m)
  })
})
