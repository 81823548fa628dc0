import { TestContext } from '../../../../test/support/context.js'
import { DayClaimsService, type Slice } from './day-claims.service.js'

const WORKSPACES = 200
const OF_EACH = 5
const OF_ONE = 10_000

const noFiles: Slice = {
  files: [],
  snapshotAt: new Date(),
  position: { model: 'messages', account: '' },
  isLast: true,
}

describe('days of many workspaces', () => {
  let context: TestContext
  let claims: DayClaimsService

  beforeAll(async () => {
    context = await TestContext.create()
    claims = new DayClaimsService(context.database, context.config)
    await sql(
      `INSERT INTO workspaces (id, codename, name)
       SELECT 'ws_' || lpad(to_hex(n), 16, '0'), 'tenant-' || n, 'A tenant' FROM generate_series(0, ${WORKSPACES}) n`,
    )
  }, 60_000)
  afterAll(() => context.close())
  afterEach(() => sql('TRUNCATE archive_days'))

  const sql = (text: string) => context.testDatabase.superuser.query<Record<string, string>>(text)
  const idOf = (n: number) => `ws_${n.toString(16).padStart(16, '0')}`
  /** Days of one workspace, which wait since so many minutes in their order. */
  const addDays = (n: number, days: number, first = '2000-01-01') =>
    sql(
      `INSERT INTO archive_days (workspace_id, day, not_before)
       SELECT '${idOf(n)}', '${first}'::date + d, now() - make_interval(mins => ${days} - d) FROM generate_series(0, ${days} - 1) d`,
    )
  const claimed = async () => {
    const claim = await claims.claim()
    if (claim === null) throw new Error('nothing to claim')
    return claim
  }

  it('each workspace has its turn before the first has its second', async () => {
    await addDays(0, 20)
    await addDays(1, 2)
    await addDays(2, 2)
    const order = []
    for (let n = 0; n < 6; n++) {
      const claim = await claimed()
      order.push(claim.workspaceId)
      expect(await claims.finish(claim, noFiles)).toBe(true)
    }
    expect(new Set(order.slice(0, 3)).size).toBe(3)
    expect(order.slice(3)).toEqual(order.slice(0, 3))
  })

  it('one workspace has three days under way at most', async () => {
    await addDays(0, 20)
    const held = [await claimed(), await claimed(), await claimed()]
    expect(await claims.claim()).toBeNull()
    expect(await claims.due(10)).toEqual([])
    await addDays(1, 1)
    expect((await claimed()).workspaceId).toBe(idOf(1))
    await claims.finish(held[0]!, noFiles)
    expect((await claimed()).workspaceId).toBe(idOf(0))
  })

  it('the newest comes first, and every fourth is the one that waits the longest', async () => {
    await addDays(0, 100)
    await sql('UPDATE workspaces SET days_begun = 0')
    const days = []
    for (let n = 0; n < 8; n++) {
      const claim = await claimed()
      days.push(claim.day)
      await claims.finish(claim, noFiles)
    }
    expect(days).toEqual([
      ...['2000-04-09', '2000-04-08', '2000-04-07', '2000-01-01'],
      ...['2000-04-06', '2000-04-05', '2000-04-04', '2000-01-02'],
    ])
  })

  it('a slice that waits is no turn of its own: the build goes on before another of the workspace begins', async () => {
    await addDays(0, 3)
    const first = await claimed()
    await claims.keep(first, { ...noFiles, isLast: false })
    expect(await claimed()).toMatchObject({ day: first.day, epoch: 2 })
  })

  describe('however many wait', () => {
    /** Rows that were read of the days so far, by whatever way. */
    async function read(): Promise<{ scanned: number; probed: number }> {
      await sql('SELECT pg_stat_clear_snapshot()')
      const { rows } = await sql(
        `SELECT seq_tup_read AS scanned, idx_tup_fetch AS probed FROM pg_stat_user_tables WHERE relname = 'archive_days'`,
      )
      return { scanned: Number(rows[0]!['scanned']), probed: Number(rows[0]!['probed']) }
    }

    beforeEach(async () => {
      await addDays(0, OF_ONE)
      for (let n = 1; n <= WORKSPACES; n++) await addDays(n, OF_EACH)
      await sql('ANALYZE archive_days')
    })

    it.each([
      ['taking one', (service: DayClaimsService) => service.claim()],
      ['announcing what is due', (service: DayClaimsService) => service.due(20)],
    ])('%s reads a few rows of each workspace', async (_, work) => {
      const client = await context.database.system.connect()
      const service = new DayClaimsService({ system: client } as never, context.config)
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
  })
})
