import { TestContext } from '../../../../test/support/context.js'
import { ClaimsService } from './claims.service.js'

const WORKSPACES = 200
const OF_EACH = 5
const OF_ONE = 10_000

describe('a claim, where many wait', () => {
  let context: TestContext
  let claims: ClaimsService

  beforeAll(async () => {
    context = await TestContext.create()
    claims = new ClaimsService(context.database, context.config)
    const { workspace } = await context.workspace('many')
    const key = (await sql('SELECT id FROM api_keys LIMIT 1')).rows[0]!['id']
    await sql(
      `INSERT INTO workspaces (id, codename, name)
       SELECT 'ws_' || lpad(to_hex(n), 16, '0'), 'tenant-' || n, 'A tenant' FROM generate_series(1, ${WORKSPACES}) n`,
    )
    await sql(
      `INSERT INTO api_keys (id, workspace_id, kind, prefix, hash, owner_name, owner_email, scopes)
       SELECT 'key_' || lpad(to_hex(n), 16, '0'), 'ws_' || lpad(to_hex(n), 16, '0'), 'api_key', 'x', sha256(n::text::bytea), 'x', 'x', '{}'
       FROM generate_series(1, ${WORKSPACES}) n`,
    )
    await sql(
      `INSERT INTO exports (id, workspace_id, api_key_id, dataset, format, filter, options, request_hash, recipient_name, recipient_email, locale)
       SELECT 'exp_' || lpad(to_hex(n), 16, '0'), o.workspace_id, o.key_id, 'leads', 'csv', '{}', '{}', 'h', 'x', 'x', 'en'
       FROM (SELECT row_number() OVER () AS n, workspace_id, key_id FROM (
         SELECT '${workspace.id}' AS workspace_id, '${key}' AS key_id FROM generate_series(1, ${OF_ONE})
         UNION ALL
         SELECT 'ws_' || lpad(to_hex(n), 16, '0'), 'key_' || lpad(to_hex(n), 16, '0')
         FROM generate_series(1, ${WORKSPACES}) n, generate_series(1, ${OF_EACH})) rows) o`,
    )
    await sql('ANALYZE')
  }, 60_000)
  afterAll(() => context.close())

  const sql = (text: string) => context.testDatabase.superuser.query<Record<string, string>>(text)

  /** Rows that were read of the exports so far, by whatever way. */
  async function read(): Promise<{ scanned: number; probed: number }> {
    await sql('SELECT pg_stat_clear_snapshot()')
    const { rows } = await sql(
      `SELECT seq_tup_read AS scanned, idx_tup_fetch AS probed FROM pg_stat_user_tables WHERE relname = 'exports'`,
    )
    return { scanned: Number(rows[0]!['scanned']), probed: Number(rows[0]!['probed']) }
  }

  it.each([
    ['taking one', (service: ClaimsService) => service.claim()],
    ['announcing what is due', (service: ClaimsService) => service.due(20)],
  ])('%s reads a few rows of each workspace, and not all that wait', async (_, work) => {
    const client = await context.database.system.connect()
    const service = new ClaimsService({ system: client } as never, context.config)
    try {
      // What a connection has read is counted for all to see only when it is told to.
      await client.query('SELECT pg_stat_force_next_flush()')
      const before = await read()
      await work(service)
      await client.query('SELECT pg_stat_force_next_flush()')
      const after = await read()
      expect(after.scanned - before.scanned).toBe(0)
      expect(after.probed - before.probed).toBeLessThan(10 * WORKSPACES)
      expect(after.probed - before.probed).toBeGreaterThan(0)
    } finally {
      client.release()
    }
  })

  it('each workspace has its turn before the first has its second', async () => {
    const turns: string[] = []
    for (let n = 0; n <= WORKSPACES; n++) turns.push((await claims.claim())!.workspaceId)
    expect(new Set(turns).size).toBeGreaterThanOrEqual(WORKSPACES)
  })
})
