import { once } from 'node:events'
import { TestContext } from '../../../../test/support/context.js'
import { until } from '../../../../test/support/until.js'

describe('a connection to PostgreSQL that is lost while it is in use', () => {
  let context: TestContext
  let workspaceId: string

  beforeAll(async () => {
    context = await TestContext.create()
    workspaceId = (await context.workspace('demo')).workspace.id
  })
  afterAll(() => context.close())

  /** Ends every connection of the roles of the product. */
  const cut = () =>
    context.testDatabase.superuser.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND usename IN ('leadferry_app', 'leadferry_system')`,
    )
  const busy = () =>
    until('a query', async () => {
      const { rowCount } = await context.testDatabase.superuser.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`,
      )
      return rowCount === 1
    })

  /** A connection of the pool that lay idle may still be found out to be lost. */
  const comesBack = () =>
    until('the database', () =>
      context.database.check().then(
        () => true,
        () => false,
      ),
    )

  it('ends its query, and the next one has a connection', async () => {
    const { database } = context
    for (const query of [
      () => database.tenant(workspaceId, (client) => client.query('SELECT pg_sleep(60)')),
      () => database.tenantEntities(workspaceId, (entities) => entities.query('SELECT pg_sleep(60)')),
      () => database.system.query('SELECT pg_sleep(60)'),
    ]) {
      const lost = expect(query()).rejects.toMatchObject({ message: /terminat|Connection/ })
      await busy()
      await cut()
      await lost
      await comesBack()
    }
  })

  it('between two queries ends the second one', async () => {
    const client = await context.database.beginTenant(workspaceId)
    const lost = once(client, 'error')
    await cut()
    await lost
    await expect(client.query('SELECT 1')).rejects.toThrow()
    client.release(true)
    await comesBack()
  })
})
