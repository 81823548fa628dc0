import { Client } from '../support/api/client.js'
import { backends, TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'

for (const { backend, suite } of backends) {
  suite(`one workspace's thousand exports and another's first, with the queue on ${backend}`, () => {
    let context: TestContext
    let gateway: Program
    let worker: Program | undefined
    let a: TestWorkspace
    let b: TestWorkspace

    beforeAll(async () => {
      context = await TestContext.create(backend)
      a = await context.workspace('many')
      b = await context.workspace('one')
      gateway = await startProgram('gateway', context.env)
    }, 60_000)
    afterEach(async () => {
      await worker?.stop(10_000)
      await sql('TRUNCATE exports CASCADE')
    })
    afterAll(async () => {
      await gateway.stop(10_000)
      await context.close()
    })

    const sql = (text: string, values?: unknown[]) =>
      context.testDatabase.superuser.query<Record<string, string>>(text, values)
    const ask = async ({ key }: TestWorkspace) => {
      const api = new Client(`${context.config.PUBLIC_URL}/api/v1`, key)
      return (await api.post('/exports', { dataset: 'leads', format: 'csv' })).body.id as string
    }
    /** A thousand more of what was asked for once. */
    const askThousandTimes = async () =>
      sql(
        `INSERT INTO exports (id, workspace_id, api_key_id, dataset, format, filter, options, request_hash, recipient_name,
           recipient_email, locale, accepted_at, not_before)
         SELECT 'exp_' || lpad(to_hex(n), 16, '0'), workspace_id, api_key_id, dataset, format, filter, options, request_hash,
           recipient_name, recipient_email, locale, accepted_at, not_before
         FROM exports, generate_series(1, 999) n WHERE id = $1`,
        [await ask(a)],
      )

    it.each(['1', '2'])('delays it by one at most, %s at a time', async (concurrency) => {
      await askThousandTimes()
      worker = await startProgram('worker', { ...context.env, WORKER_CONCURRENCY: concurrency })
      await until('some to be done', async () => {
        const { rowCount } = await sql(`SELECT FROM exports WHERE state = 'completed'`)
        return (rowCount ?? 0) > 2
      })
      const id = await ask(b)
      const done = await until('the other', async () => {
        const { rows } = await sql(`SELECT * FROM exports WHERE id = $1 AND state = 'completed'`, [id])
        return rows[0]
      })
      const { rows } = await sql(
        `SELECT count(*) FILTER (WHERE started_at BETWEEN $1 AND $2) AS before, count(*) FILTER (WHERE state = 'queued') AS left
         FROM exports WHERE workspace_id = $3`,
        [done['accepted_at'], done['started_at'], a.workspace.id],
      )
      // One that may go before it, and those that were taken while it was still being accepted.
      expect(Number(rows[0]!['before'])).toBeLessThanOrEqual(1 + Number(concurrency))
      expect(Number(rows[0]!['left'])).toBeGreaterThan(0)
    })

    it('a workspace at its limit, with many waiting, keeps nobody from being announced', async () => {
      await askThousandTimes()
      const id = await ask(b)
      // All that any message told of is lost, and the first workspace can take no more.
      await sql('UPDATE workspaces SET max_running_exports = 1 WHERE id = $1', [a.workspace.id])
      await sql(
        `UPDATE exports SET state = 'running', epoch = 1, lease_until = now() + interval '1 hour'
         WHERE id = (SELECT min(id) FROM exports WHERE workspace_id = $1)`,
        [a.workspace.id],
      )
      worker = await startProgram('worker', context.env)
      await until('it', async () => {
        const { rowCount } = await sql(`SELECT FROM exports WHERE id = $1 AND state = 'completed'`, [id])
        return rowCount === 1
      })
      const { rowCount } = await sql(`SELECT FROM exports WHERE workspace_id = $1 AND state <> 'queued'`, [
        a.workspace.id,
      ])
      expect(rowCount).toBe(1)
    })
  })
}
