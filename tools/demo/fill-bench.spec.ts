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
    const superuserUrl = testDatabase.superuserUrl
    const { workspaceId } = await fillBench(database, rows, superuserUrl)
    const again = await fillBench(database, rows, superuserUrl)
    expect(again.workspaceId).toBe(workspaceId)
    const counts = await testDatabase.superuser.query<Record<string, string>>(`
      SELECT count(*) AS leads, count(DISTINCT email_lower) AS emails, count(DISTINCT created_at) AS times,
        count(*) FILTER (WHERE created_at < now() AND metadata ?& ARRAY['utm_source', 'utm_campaign', 'company', 'job_title', 'notes']) AS good
      FROM leads`)
    const all = String(rows)
    expect(counts.rows).toEqual([{ leads: all, emails: all, times: all, good: all }])
  })

  it('leaves the indexes as they were', async () => {
    const indexes = `SELECT indexdef FROM pg_indexes WHERE tablename = 'leads' ORDER BY indexname`
    const before = await testDatabase.superuser.query(indexes)
    // The first makes them anew, the second finds more than it adds.
    for (const rows of [2_000, 1_000]) {
      await fillBench(database, rows, testDatabase.superuserUrl)
      expect((await testDatabase.superuser.query(indexes)).rows).toEqual(before.rows)
    }
  })
})
