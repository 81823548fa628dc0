import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'
import { addLeads } from '../../../../test/support/samples/leads.js'
import { ReadBatches } from './read-batches.js'

describe('reads that come up together', () => {
  let context: TestContext
  let a: TestWorkspace
  let b: TestWorkspace
  let pool: pg.Pool
  let batches: ReadBatches
  /** Connections that were taken from the pool. */
  let taken: number

  beforeAll(async () => {
    context = await TestContext.create()
    ;[a, b] = [await context.workspace('a'), await context.workspace('b')]
    await addLeads(context.database, a.workspace.id, a.chatbot.id, 3)
    await addLeads(context.database, b.workspace.id, b.chatbot.id, 2)
    pool = new pg.Pool({ connectionString: context.config.DATABASE_URL, max: 3 })
    pool.on('acquire', (client) => {
      taken += 1
      client.removeAllListeners('error').on('error', () => undefined)
    })
    pool.on('error', () => undefined)
    batches = new ReadBatches(() => pool.connect())
  })
  beforeEach(() => (taken = 0))
  afterAll(async () => {
    await pool.end()
    await context.close()
  })

  const seen = {
    name: 'seen',
    text: 'SELECT workspace_id AS w FROM leads',
    values: [],
    planned: 'once',
  } as const
  const divided = (by: number) =>
    ({ name: 'divided', text: 'SELECT 12 / $1::int AS n', values: [by], planned: 'once' }) as const
  const settled = async (reads: Promise<unknown>[]) =>
    (await Promise.allSettled(reads)).map((result) =>
      result.status === 'fulfilled'
        ? result.value
        : ((result.reason as { code?: string }).code ?? String(result.reason)),
    )

  it('share a connection, and each sees its own workspace and nothing of another', async () => {
    const workspaces = [a, b, b, a, b].map(({ workspace }) => workspace.id)
    const rows = await Promise.all(workspaces.map((id) => batches.read<{ w: string }>(id, seen)))
    expect(taken).toBe(1)
    expect(rows.map((each) => each.map(({ w }) => w))).toEqual(
      workspaces.map((id) => Array(id === a.workspace.id ? 3 : 2).fill(id)),
    )
    expect(await batches.read('ws_0000000000000000', seen)).toEqual([])
  })

  it('leave no workspace and no way of planning behind', async () => {
    const single = new pg.Pool({ connectionString: context.config.DATABASE_URL, max: 1 })
    const alone = new ReadBatches(() => single.connect())
    await Promise.all([alone.read(a.workspace.id, seen), alone.read(b.workspace.id, seen)])
    const { rows } = await single.query(
      `SELECT current_setting('app.workspace', true) AS workspace, current_setting('plan_cache_mode') AS plans`,
    )
    await single.end()
    expect(rows).toEqual([{ workspace: '', plans: 'auto' }])
  })

  it('go by several connections where they are many, and all are answered', async () => {
    const numbers = Array.from({ length: 50 }, (_, i) => i + 1)
    const rows = await Promise.all(
      numbers.map((n) => batches.read<{ n: number }>(a.workspace.id, divided(n))),
    )
    expect(rows.map(([row]) => row?.n)).toEqual(numbers.map((n) => Math.trunc(12 / n)))
    expect(taken).toBe(7)
  })

  it('fail each by itself: before, behind and between those that do not', async () => {
    const results = await settled([0, 3, 0, 4, 6, 0].map((n) => batches.read(a.workspace.id, divided(n))))
    expect(results).toEqual(['22012', [{ n: 4 }], '22012', [{ n: 3 }], [{ n: 2 }], '22012'])
    const missing = { name: 'missing', text: 'SELECT FROM nowhere', values: [], planned: 'once' } as const
    expect(
      await settled([batches.read(a.workspace.id, missing), batches.read(a.workspace.id, divided(2))]),
    ).toEqual(['42P01', [{ n: 6 }]])
  })

  it('are answered by another connection where theirs is lost', async () => {
    const slow = { name: 'slow', text: 'SELECT pg_sleep(0.5), 1 AS n', values: [], planned: 'once' } as const
    const reads = settled([slow, divided(3)].map((query) => batches.read(a.workspace.id, query)))
    await sleep(150)
    const { rowCount } = await context.testDatabase.superuser.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`,
    )
    expect(rowCount).toBe(1)
    expect(await reads).toMatchObject([[{ n: 1 }], [{ n: 4 }]])
  })

  it('are refused all at once where no connection can be had', async () => {
    const nowhere = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/x' })
    const refused = new ReadBatches(() => nowhere.connect())
    expect(await settled([1, 2, 3].map((n) => refused.read(a.workspace.id, divided(n))))).toEqual([
      'ECONNREFUSED',
      'ECONNREFUSED',
      'ECONNREFUSED',
    ])
    await nowhere.end()
  })
})
