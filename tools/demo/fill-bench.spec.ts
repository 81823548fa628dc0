import { Database, loadConfig } from '#core'
import { tenancyEntities } from '#tenancy'
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.js'
import { fillBench } from './fill-bench.js'

describe('the data of the benchmark', () => {
  let testDatabase: TestDatabase
  let database: Database

  beforeEach(async () => {
    testDatabase = await createTestDatabase()
    database = await Database.connect(loadConfig('cli', testDatabase.urls), tenancyEntities)
  })
  afterEach(async () => {
    await database.close()
    await testDatabase.drop()
  })

  it('has the rows that were asked for, all different, and is made once', async () => {
    const rows = 12_345
    const { workspaceId } = await fillBench(database, rows, testDatabase.urls.MIGRATION_DATABASE_URL)
    const again = await fillBench(database, rows, testDatabase.urls.MIGRATION_DATABASE_URL)
    expect(again.workspaceId).toBe(workspaceId)
    const counts = await testDatabase.superuser.query<Record<string, string>>(`
      SELECT count(*) AS leads, count(DISTINCT email_lower) AS emails, count(DISTINCT created_at) AS times,
        count(*) FILTER (WHERE created_at < now() AND metadata ?& ARRAY['utm_source', 'utm_campaign', 'company', 'job_title', 'notes']) AS good
      FROM leads`)
    const all = String(rows)
    expect(counts.rows).toEqual([{ leads: all, emails: all, times: all, good: all }])
  })
})
