import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'
import { type Principal, KeysService } from '#tenancy'
import { Export } from '../export.entity.js'
import { ExportsService } from '../exports.service.js'
import { type Claim, ClaimsService, type FinishedFile } from './claims.service.js'

const file: FinishedFile = {
  rows: 1,
  bytes: 10,
  sha256: 'ab',
  objectKey: 'k',
  archiveName: 'exports/all/x.csv',
  accountFolder: 'all',
  snapshotAt: new Date(),
  truncatedCells: 0,
}

describe('the claim on an export', () => {
  let context: TestContext
  let claims: ClaimsService
  let other: ClaimsService
  let exports: ExportsService
  let a: { tenant: TestWorkspace; principal: Principal }
  let b: { tenant: TestWorkspace; principal: Principal }

  beforeAll(async () => {
    context = await TestContext.create()
    claims = new ClaimsService(context.database, context.config)
    other = new ClaimsService(context.database, context.config)
    // Nobody listens: these tests are about the database alone.
    exports = new ExportsService(context.database, { wake: () => Promise.resolve() } as never)
    a = await tenant('a')
    b = await tenant('b')
  })
  afterAll(() => context.close())
  afterEach(() =>
    context.testDatabase.superuser.query('TRUNCATE exports, upload_intents, archive_files, mail_outbox'),
  )

  async function tenant(codename: string) {
    const made = await context.workspace(codename)
    const principal = await new KeysService(context.database).authenticate(made.key)
    return { tenant: made, principal: principal! }
  }

  const accept = (of: { principal: Principal }, more: { joinInFlight?: boolean; status?: 'new' } = {}) =>
    exports.accept(of.principal, {
      dataset: 'leads',
      format: 'csv',
      gzip: false,
      filter: { status: more.status },
      csv: { profile: 'machine', raw: false },
      joinInFlight: more.joinInFlight ?? false,
    })
  const claimed = async (service = claims): Promise<Claim> => {
    const claim = await service.claim()
    if (claim === null) throw new Error('nothing to claim')
    return claim
  }
  const stateOf = async (id: string) => {
    const { rows } = await context.testDatabase.superuser.query<{
      state: string
      reason: string | null
      crashes: number
    }>('SELECT state, reason, crashes FROM exports WHERE id = $1', [id])
    return rows[0]!
  }
  const loseLease = (id: string) =>
    context.testDatabase.superuser.query(
      `UPDATE exports SET lease_until = now() - interval '1 s' WHERE id = $1`,
      [id],
    )
  const mails = async () =>
    (await context.testDatabase.superuser.query<{ kind: string }>('SELECT kind FROM mail_outbox')).rows.map(
      ({ kind }) => kind,
    )

  it('is null when nothing is due', async () => {
    expect(await claims.claim()).toBeNull()
  })

  it('goes to the workspace with the fewest running, then to the oldest', async () => {
    const ids = [await accept(a), await accept(a), await accept(b)].map(({ id }) => id)
    const order = [await claimed(), await claimed(), await claimed()].map(({ id }) => id)
    expect(order).toEqual([ids[0], ids[2], ids[1]])
  })

  it('serves workspaces in turn, though one has many more and nothing runs', async () => {
    for (let n = 0; n < 5; n++) await accept(a)
    await accept(b)
    const served: string[] = []
    for (let n = 0; n < 4; n++) {
      const claim = await claimed()
      served.push(claim.workspaceId)
      await claims.finish(claim, { ...file, objectKey: `k${n}`, archiveName: `n${n}` })
    }
    expect(served.slice(0, 2)).toContain(b.principal.workspaceId)
    expect(served.slice(2)).toEqual([a.principal.workspaceId, a.principal.workspaceId])
  })

  it('announces what has a slot, of every workspace', async () => {
    for (let n = 0; n < 25; n++) await accept(a)
    const { id } = await accept(b)
    expect(await claims.due(20)).toHaveLength(3)
    expect(await claims.due(20)).toContain(id)
    while ((await claims.claim()) !== null);
    expect(await claims.due(20)).toEqual([])
  })

  it('is not held up by an export that another transaction holds', async () => {
    const [first, second] = [await accept(a), await accept(a)]
    const client = await context.testDatabase.superuser.connect()
    await client.query('BEGIN')
    await client.query('SELECT FROM exports WHERE id = $1 FOR UPDATE', [first.id])
    expect(await claimed()).toMatchObject({ id: second.id })
    await client.query('ROLLBACK')
    client.release()
  })

  it('one that is handed back keeps its place', async () => {
    const { id } = await accept(a)
    await accept(a)
    expect(await claims.handBack(await claimed())).toBe(true)
    expect(await claimed()).toMatchObject({ id })
  })

  it('never exceeds what a workspace may run at once, even when workers claim together', async () => {
    await Promise.all(Array.from({ length: 8 }, () => accept(a)))
    const taken = await Promise.all(
      Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? claims : other).claim()),
    )
    expect(taken.filter((claim) => claim !== null)).toHaveLength(a.tenant.workspace.maxRunningExports)
  })

  it('fences a worker whose lease ran out: it can finish, renew and record nothing', async () => {
    const { id } = await accept(a)
    const lost = await claimed()
    expect(await claims.recordIntent(lost, 'key-1')).toBe(true)
    await loseLease(id)
    const taken = await claimed(other)
    expect(taken).toMatchObject({ id, epoch: lost.epoch + 1 })
    expect(await claims.heartbeat(lost, 5)).toBe(false)
    expect(await claims.recordIntent(lost, 'key-2')).toBe(false)
    expect(await claims.finish(lost, file)).toBe(false)
    expect(await claims.putOff(lost, 'storage_unavailable')).toBeNull()
    expect(await claims.handBack(lost)).toBe(false)
    expect(await other.finish(taken, file)).toBe(true)
    expect(await stateOf(id)).toMatchObject({ state: 'completed', crashes: 1 })
  })

  describe('after a database came back as it was earlier', () => {
    /** As the comparison with the bucket lists what a later life of the export has left. */
    const listLeft = (holder: string, epoch: number, key: string) =>
      context.testDatabase.superuser.query(
        `INSERT INTO upload_intents (holder, epoch, object_key, upload_id, created_at, cleaned_at)
         VALUES ($1, $2, $3, 'u', now() - interval '3 hours', now())`,
        [holder, epoch, key],
      )

    it('takes an epoch that nothing left in the store is of', async () => {
      const { id } = await accept(a)
      await listLeft(id, 3, 'left')
      expect(await claimed()).toMatchObject({ id, epoch: 4 })
    })

    it('takes over a key that was listed since, as if it were new', async () => {
      await accept(a)
      const claim = await claimed()
      await listLeft(claim.id, claim.epoch, 'reused')
      expect(await claims.recordIntent(claim, 'reused')).toBe(true)
      const { rows } = await context.testDatabase.superuser.query(
        `SELECT upload_id, cleaned_at, created_at > now() - interval '1 minute' AS young FROM upload_intents`,
      )
      expect(rows).toEqual([{ upload_id: null, cleaned_at: null, young: true }])
    })

    it('takes over nothing of another', async () => {
      await accept(a)
      const claim = await claimed()
      await listLeft('exp_0000000000000000', 1, 'others')
      expect(await claims.recordIntent(claim, 'others')).toBe(false)
    })
  })

  it('finishes once: state, index and mail together', async () => {
    const { id } = await accept(a)
    const claim = await claimed()
    await claims.recordIntent(claim, file.objectKey)
    expect(await claims.finish(claim, file)).toBe(true)
    expect(await claims.finish(claim, file)).toBe(false)
    expect(await mails()).toEqual(['export_completed'])
    const { rows } = await context.testDatabase.superuser.query(
      'SELECT name, rows, export_id FROM archive_files',
    )
    expect(rows).toEqual([{ name: file.archiveName, rows: '1', export_id: id }])
    expect((await context.testDatabase.superuser.query('SELECT FROM upload_intents')).rowCount).toBe(0)
  })

  it('waits after a fault that may pass, and gives up after EXPORT_GIVE_UP_SECONDS', async () => {
    const { id } = await accept(a)
    expect(await claims.putOff(await claimed(), 'storage_unavailable')).toBe('queued')
    expect(await stateOf(id)).toMatchObject({ state: 'queued', reason: 'storage_unavailable', crashes: 0 })
    expect(await claims.claim()).toBeNull()
    await context.testDatabase.superuser.query(
      `UPDATE exports SET not_before = now(), tried_since = now() - make_interval(secs => $1)`,
      [context.config.EXPORT_GIVE_UP_SECONDS + 1],
    )
    expect(await claims.putOff(await claimed(), 'storage_unavailable')).toBe('failed')
    expect(await mails()).toEqual(['export_failed'])
  })

  it('waiting for a worker is not being put off, however long it took', async () => {
    const { id } = await accept(a)
    await context.testDatabase.superuser.query(
      `UPDATE exports SET tried_since = now() - make_interval(secs => $1)`,
      [context.config.EXPORT_GIVE_UP_SECONDS + 1],
    )
    expect(await claims.putOff(await claimed(), 'storage_unavailable')).toBe('queued')
    await context.testDatabase.superuser.query(`UPDATE exports SET not_before = now()`)
    expect(await claims.putOff(await claimed(), 'storage_unavailable')).toBe('queued')
    expect(await stateOf(id)).toMatchObject({ state: 'queued', reason: 'storage_unavailable' })
  })

  it('fails an export that lost its third worker', async () => {
    const { id } = await accept(a)
    for (const crashes of [0, 1]) {
      await claimed()
      await loseLease(id)
      expect(await stateOf(id)).toMatchObject({ state: 'running', crashes })
      expect(await claims.failLost()).toEqual([])
    }
    await claimed()
    await loseLease(id)
    expect(await claims.claim()).toBeNull()
    expect(await claims.failLost()).toEqual([id])
    expect(await stateOf(id)).toMatchObject({ state: 'failed', reason: 'worker_lost', crashes: 3 })
    expect(await mails()).toEqual(['export_failed'])
  })

  it('a cancelled export is not taken, and one that runs is fenced', async () => {
    const waiting = await accept(a)
    expect(await exports.cancel(a.principal.workspaceId, waiting.id)).toMatchObject({ state: 'cancelled' })
    expect(await claims.claim()).toBeNull()
    const running = await accept(a)
    const claim = await claimed()
    await exports.cancel(a.principal.workspaceId, running.id)
    expect(await claims.heartbeat(claim, 0)).toBe(false)
    expect(await claims.finish(claim, file)).toBe(false)
    expect(await mails()).toEqual([])
  })

  it('joins the same request while it is in flight, and only then', async () => {
    const first = await accept(a, { joinInFlight: true })
    expect((await accept(a, { joinInFlight: true })).id).toBe(first.id)
    expect((await accept(a, { joinInFlight: true, status: 'new' })).id).not.toBe(first.id)
    await claims.finish(await claimed(), file)
    expect((await accept(a, { joinInFlight: true })).id).not.toBe(first.id)
    expect((await accept(b, { joinInFlight: true })).id).not.toBe(first.id)
  })

  it('a hundred same requests at once are one export', async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, () => accept(a, { joinInFlight: true })))
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
  })

  it('is invisible to another workspace', async () => {
    const { id } = await accept(a)
    await expect(exports.get(b.principal.workspaceId, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(exports.cancel(b.principal.workspaceId, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const found = await context.database.tenantEntities(a.principal.workspaceId, (entities) =>
      entities.findBy(Export, { id }),
    )
    expect(found).toHaveLength(1)
  })
})
