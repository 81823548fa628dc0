import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'

jest.setTimeout(60_000)

describe('a PostgreSQL that restarts', () => {
  let context: TestContext
  let demo: TestWorkspace
  let gateway: Program
  let worker: Program

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    gateway = await startProgram('gateway', context.env)
    worker = await startProgram('worker', context.env)
  })
  afterAll(async () => {
    await worker.stop(20_000)
    await gateway.stop(10_000)
    await context.close()
  })

  it('in the middle of an export costs it a deferral, and no crash', async () => {
    const { superuser } = context.testDatabase
    const name = new URL(context.config.DATABASE_URL).pathname.slice(1)
    const holder = await superuser.connect()
    await holder.query('BEGIN; LOCK TABLE leads')
    const api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    const { body } = await api.post('/exports', { dataset: 'leads', format: 'csv' })
    await until('its COPY to wait', async () => {
      const { rowCount } = await superuser.query(
        `SELECT FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock' AND query LIKE 'COPY%'`,
        [name],
      )
      return rowCount === 1
    })

    // As while the server starts up: who was connected is not any more, and nobody is let in.
    await superuser.query(`ALTER DATABASE ${name} CONNECTION LIMIT 0`)
    await superuser.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename LIKE 'leadferry%'`,
      [name],
    )
    await sleep(1000)
    await superuser.query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`)
    const outcome = await until('the export to be put off', async () => {
      const { rows } = await superuser.query<{ state: string }>(
        'SELECT state, reason, deferrals, crashes FROM exports WHERE id = $1',
        [body.id],
      )
      return rows[0]?.state === 'queued' && rows[0]
    })
    expect(outcome).toEqual({ state: 'queued', reason: 'database_unavailable', deferrals: 1, crashes: 0 })

    await holder.query('ROLLBACK')
    holder.release()
    await superuser.query('UPDATE exports SET not_before = now()')
    await until('completion', async () => (await api.get(`/exports/${body.id}`)).body.state === 'completed')
  })
})
