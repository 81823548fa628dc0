import { TestContext, type TestWorkspace } from '../../../test/support/context.js'
import { until } from '../../../test/support/until.js'
import { LeadsService } from './leads.service.js'

describe('creates at once', () => {
  let context: TestContext
  let demo: TestWorkspace
  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
  }, 60_000)
  afterAll(() => context.close())

  it('whose metadata has the same new names in two orders do not wait for each other', async () => {
    const leads = new LeadsService(context.database)
    const create = (name: string, keys: string[]) =>
      leads.create(demo.workspace.id, demo.chatbot.id, {
        name,
        email: `${name}@example.com`,
        status: 'new',
        metadata: Object.fromEntries(keys.map((key) => [key, 1])),
      })
    // Holds the name in the middle of both, so that each is half done when the other begins.
    const blocker = await context.testDatabase.superuser.connect()
    await blocker.query('BEGIN')
    await blocker.query(
      `INSERT INTO metadata_keys (workspace_id, dataset, key) VALUES ($1, 'leads', 'middle')`,
      [demo.workspace.id],
    )
    const both = Promise.all([create('ana', ['a', 'middle', 'z']), create('zoe', ['z', 'middle', 'a'])])
    await until('both to wait', async () => {
      const waiting = await context.testDatabase.superuser.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      return waiting.rowCount === 2
    })
    await blocker.query('ROLLBACK')
    blocker.release()
    expect((await both).map(({ name }) => name)).toEqual(['ana', 'zoe'])
    const { rows } = await context.testDatabase.superuser.query<{ key: string }>(
      'SELECT key FROM metadata_keys ORDER BY position',
    )
    // In the order of whichever came first.
    expect(['a middle z', 'z middle a']).toContain(rows.map(({ key }) => key).join(' '))
  })
})
