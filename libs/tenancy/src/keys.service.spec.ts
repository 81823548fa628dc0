import { Database } from '#core'
import { TestContext, type TestWorkspace } from '../../../test/support/context.js'
import { tenancyEntities } from './index.js'
import { KeysService } from './keys.service.js'

describe('the last use of a key', () => {
  let context: TestContext
  let demo: TestWorkspace

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
  })
  afterAll(() => context.close())

  it('is written down when the database is closed before its time has come', async () => {
    const database = await Database.connect(context.config, tenancyEntities)
    const keys = new KeysService(database)
    expect(await keys.authenticate(demo.key)).not.toBeNull()
    await database.close()
    const { rows } = await context.testDatabase.superuser.query<{ used: boolean }>(
      `SELECT last_used_at IS NOT NULL AS used FROM api_keys WHERE kind = 'api_key'`,
    )
    expect(rows).toEqual([{ used: true }])
  })
})
