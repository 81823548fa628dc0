import { KeysService, type Principal } from '#tenancy'
import { TestContext, type TestWorkspace } from '../../../test/support/context.js'
import { type ExportRequest, ExportsService } from './exports.service.js'

describe('accepting an export', () => {
  let context: TestContext
  let exports: ExportsService
  let demo: TestWorkspace
  let principal: Principal

  beforeAll(async () => {
    context = await TestContext.create()
    // Nobody listens: these tests are about the database alone.
    exports = new ExportsService(context.database, { wake: () => Promise.resolve() } as never)
    demo = await context.workspace('demo')
    principal = (await new KeysService(context.database).authenticate(demo.key))!
  })
  afterAll(() => context.close())
  afterEach(() => context.testDatabase.superuser.query('TRUNCATE exports CASCADE'))

  const accept = (more: Partial<ExportRequest> = {}) =>
    exports.accept(principal, {
      dataset: 'leads',
      format: 'csv',
      gzip: true,
      filter: { status: 'new', source: `it's "quoted", a \\ and ✓` },
      csv: { profile: 'excel-es', raw: true },
      joinInFlight: false,
      ...more,
    })

  it('answers the row as it is read later', async () => {
    const accepted = await accept()
    expect(accepted).toEqual(await exports.get(demo.workspace.id, accepted.id))
    expect(accepted).toMatchObject({
      state: 'queued',
      gzip: true,
      filter: { status: 'new', source: `it's "quoted", a \\ and ✓` },
      options: { timeZone: 'UTC', csv: { profile: 'excel-es', raw: true } },
      recipientEmail: principal.ownerEmail,
      rowsDone: '0',
      finishedAt: null,
    })
    expect(accepted.acceptedAt).toBeInstanceOf(Date)
  })

  it('joins the same request while it is in flight, however many ask at once', async () => {
    const asked = await Promise.all(Array.from({ length: 10 }, () => accept({ joinInFlight: true })))
    const [first] = asked
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
    expect((await accept({ joinInFlight: true, gzip: false })).id).not.toBe(first?.id)
    await context.testDatabase.superuser.query(`UPDATE exports SET state = 'cancelled'`)
    expect((await accept({ joinInFlight: true })).id).not.toBe(first?.id)
  })

  it('is undone with the transaction that it is a part of', async () => {
    const broken = context.database.together(demo.workspace.id, async () => {
      const { id } = await accept()
      expect((await exports.get(demo.workspace.id, id)).state).toBe('queued')
      throw new Error('broken')
    })
    await expect(broken).rejects.toThrow('broken')
    const { rows } = await context.testDatabase.superuser.query('SELECT FROM exports')
    expect(rows).toHaveLength(0)
  })

  it('writes nothing into another workspace', async () => {
    const other = await context.workspace('other')
    const asked = { workspace_id: other.workspace.id, dataset: 'leads' }
    const intruding = context.database.write(demo.workspace.id, {
      name: 'intruding',
      text: 'SELECT FROM accept_export($1::jsonb, false)',
      values: [JSON.stringify(asked)],
    })
    await expect(intruding).rejects.toThrow('row-level security')
  })
})
