import { ArchiveKit } from '../../../../test/support/archives/archive-kit.js'
import type { TestWorkspace } from '../../../../test/support/context.js'
import { addVisit } from '../../../../test/support/samples/day.js'
import type { Slice } from './day-claims.service.js'

/** Of a day that has none. */
const noFiles: Slice = {
  files: [],
  snapshotAt: new Date(),
  position: { model: 'messages', account: '' },
  isLast: true,
}

describe('the table of days', () => {
  let kit: ArchiveKit
  beforeAll(async () => {
    kit = await ArchiveKit.start()
  }, 60_000)
  afterAll(() => kit.close())
  afterEach(() => kit.forget())

  async function yesterday(): Promise<string> {
    const { rows } = await kit.sql(`SELECT ((now() AT TIME ZONE 'UTC')::date - 1)::text AS day`)
    return rows[0]!['day']!
  }

  it('plans every day that ended since the workspace was made, and each once', async () => {
    const tenant = await kit.workspace('America/Lima', 3)
    await kit.days.plan()
    await kit.days.plan()
    const { rows } = await kit.sql(
      `SELECT ((now() AT TIME ZONE 'America/Lima')::date - n)::text AS day FROM generate_series(1, 3) n ORDER BY 1`,
    )
    expect(await kit.table(tenant)).toEqual(
      rows.map(({ day }) => ({ day, state: 'due', epoch: 0, files: null, reason: null })),
    )
    expect(await kit.buildAll()).toEqual(['built', 'built', 'built'])
    expect(await kit.claims.due(10)).toEqual([])
  })

  it('asking for a day hides no day that was missed before it', async () => {
    const tenant = await kit.workspace('UTC', 3)
    await kit.ask(tenant, await yesterday())
    expect(await kit.table(tenant)).toHaveLength(3)
  })

  it('a day is not due before it has been over for ARCHIVE_SETTLE_SECONDS', async () => {
    const tenant = await kit.workspace('UTC', 1)
    // Longer than any day lasts: yesterday can not have settled.
    const slow = kit.daysWith({ ARCHIVE_SETTLE_SECONDS: 86_400 })
    await slow.plan()
    expect(await kit.table(tenant)).toEqual([])
    const day = await yesterday()
    await slow.rebuild(tenant.workspace.id, { from: day, to: day })
    expect(await kit.table(tenant)).toMatchObject([{ state: 'due' }])
    expect(await kit.claims.claim()).toBeNull()
  })

  it('the newest day comes first', async () => {
    const tenant = await kit.workspace()
    await kit.ask(tenant, '2025-05-01', '2025-05-03')
    const order = [await kit.claims.claim(), await kit.claims.claim(), await kit.claims.claim()]
    expect(order.map((claim) => claim?.day)).toEqual(['2025-05-03', '2025-05-02', '2025-05-01'])
  })

  describe('a late day', () => {
    const late = (tenant: TestWorkspace, day: string) =>
      kit.sql(`INSERT INTO late_days (workspace_id, day) VALUES ($1, $2)`, [tenant.workspace.id, day])
    const settle = () => kit.sql(`UPDATE archive_days SET not_before = now() WHERE state = 'due'`)

    it('is built anew, one of before the workspace was made too, but not at once', async () => {
      const tenant = await kit.workspace()
      const account = await kit.implicit(tenant)
      await kit.ask(tenant, '2025-05-01')
      await kit.buildAll()
      expect(await kit.listed(tenant)).toEqual([])
      await addVisit(kit.context, tenant, account, '2025-05-01T12:00:00Z')
      await late(tenant, '2025-05-01')
      await kit.daysWith({ ARCHIVE_SETTLE_SECONDS: 3600 }).plan()
      expect((await kit.sql('SELECT FROM late_days')).rows).toEqual([])
      expect(await kit.buildAll()).toEqual([])
      await settle()
      expect(await kit.buildAll()).toEqual(['built'])
      expect(await kit.listed(tenant)).toHaveLength(4)
    })

    it('that comes while the day is being built has it built once more', async () => {
      const tenant = await kit.workspace()
      await kit.ask(tenant, '2025-05-01')
      const claim = (await kit.claims.claim())!
      await late(tenant, '2025-05-01')
      await kit.days.plan()
      expect(await kit.claims.claim()).toBeNull()
      expect(await kit.claims.finish(claim, noFiles)).toBe(true)
      expect(await kit.table(tenant)).toMatchObject([{ state: 'due' }])
      expect(await kit.buildAll()).toEqual(['built'])
    })

    it('that is being written is waited for, so that none is lost', async () => {
      const tenant = await kit.workspace()
      const writer = await kit.context.database.beginTenant(tenant.workspace.id)
      await writer.query(`SELECT pg_advisory_xact_lock_shared(late_days_lock($1))`, [tenant.workspace.id])
      // There already, as of an earlier writer: this one has nothing to add and may not be overtaken.
      await late(tenant, '2025-05-01')
      await writer.query(
        `INSERT INTO late_days (workspace_id, day) VALUES ($1, '2025-05-01') ON CONFLICT DO NOTHING`,
        [tenant.workspace.id],
      )
      const planning = kit.days.plan()
      const { rows } = await waitingForLock()
      expect(rows).toHaveLength(1)
      expect(await kit.table(tenant)).toEqual([])
      await writer.query('COMMIT')
      writer.release()
      await planning
      expect(await kit.table(tenant)).toMatchObject([{ day: '2025-05-01', state: 'due' }])
    })

    async function waitingForLock() {
      for (;;) {
        const found = await kit.sql(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
        if (found.rows.length > 0) return found
      }
    }
  })

  describe('a claim', () => {
    it('after a database came back as it was earlier takes an epoch and keys as if they were new', async () => {
      const tenant = await kit.workspace()
      await kit.ask(tenant, '2025-05-03')
      const list = (epoch: number) =>
        kit.sql(
          `INSERT INTO upload_intents (holder, epoch, object_key) SELECT id, $1::int, 'left-' || $1::int FROM archive_days
           WHERE day = '2025-05-03'`,
          [epoch],
        )
      await list(3)
      const claim = (await kit.claims.claim())!
      expect(claim.epoch).toBe(4)
      await list(4)
      expect(await kit.claims.recordIntents(claim, ['left-4'])).toBe(true)
      expect(await kit.claims.finish(claim, noFiles)).toBe(true)
      await kit.sql(`DELETE FROM upload_intents`)
    })

    it('that was lost changes nothing: not the index, not the day', async () => {
      const tenant = await kit.workspace()
      await addVisit(kit.context, tenant, await kit.implicit(tenant), '2025-05-01T12:00:00Z')
      await kit.ask(tenant, '2025-05-01')
      await kit.buildAll()
      const before = await kit.listed(tenant)
      await kit.ask(tenant, '2025-05-01')
      const lost = (await kit.claims.claim())!
      await kit.sql(`UPDATE archive_days SET lease_until = now() WHERE state = 'building'`)
      const found = (await kit.claims.claim())!
      expect(found.epoch).toBe(lost.epoch + 1)
      expect(await kit.claims.finish(lost, noFiles)).toBe(false)
      expect(await kit.claims.renew(lost)).toBe(false)
      expect(await kit.claims.recordIntents(lost, ['x'])).toBe(false)
      expect(await kit.claims.putOff(lost, 'internal_error')).toBe(false)
      expect(await kit.claims.handBack(lost)).toBe(false)
      expect(await kit.listed(tenant)).toEqual(before)
      expect(await kit.claims.finish(found, noFiles)).toBe(true)
      expect(await kit.listed(tenant)).toEqual([])
    })

    it('that takes its workers down comes up less and less often', async () => {
      const tenant = await kit.workspace()
      await kit.ask(tenant, '2025-05-01')
      await kit.claims.claim()
      await kit.sql(`UPDATE archive_days SET lease_until = now() WHERE state = 'building'`)
      expect(await kit.claims.claim()).not.toBeNull()
      await kit.sql(`UPDATE archive_days SET lease_until = now() WHERE state = 'building'`)
      expect(await kit.claims.claim()).toBeNull()
      await kit.sql(
        `UPDATE archive_days SET lease_until = now() - interval '1 hour' WHERE state = 'building'`,
      )
      expect(await kit.claims.claim()).toMatchObject({ epoch: 3 })
      expect(await kit.table(tenant)).toMatchObject([{ reason: 'worker_lost' }])
    })

    it('two at once never hold one day', async () => {
      const tenant = await kit.workspace()
      await kit.ask(tenant, '2025-04-01', '2025-04-20')
      const outcomes = await Promise.all([kit.buildAll(kit.newBuilder()), kit.buildAll(kit.newBuilder())])
      expect(outcomes.flat()).toEqual(Array.from({ length: 20 }, () => 'built'))
      const epochs = (await kit.table(tenant)).map(({ epoch }) => epoch)
      expect(new Set(epochs)).toEqual(new Set([1]))
    })
  })
})
