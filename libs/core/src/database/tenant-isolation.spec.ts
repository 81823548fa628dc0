import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'

/** Tables with tenant data, and those that hold leads or what people said. */
const isolated = `
  SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
    ARRAY(SELECT r.rolname::text FROM pg_policy p, pg_roles r WHERE p.polrelid = c.oid AND r.oid = ANY (p.polroles)) AS roles
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND c.relname <> 'migrations'`
const personal = [
  'leads',
  'records',
  'message_users',
  'messages',
  'interactions',
  'metadata_keys',
  'chatbots',
  'accounts',
  'funnels',
  'funnel_groups',
]

describe('tenants are kept apart by the database', () => {
  let context: TestContext
  let a: TestWorkspace
  let b: TestWorkspace

  beforeAll(async () => {
    context = await TestContext.create()
    a = await context.workspace('a')
    b = await context.workspace('b')
  })
  afterAll(() => context.close())

  const chatbots = (workspaceId: string) =>
    context.database.read<{ id: string }>(workspaceId, {
      name: 'all-chatbots',
      text: 'SELECT id FROM chatbots',
      values: [],
    })

  it('a query without WHERE sees one workspace only', async () => {
    expect(await chatbots(a.workspace.id)).toEqual([{ id: a.chatbot.id }])
    expect(await chatbots(b.workspace.id)).toEqual([{ id: b.chatbot.id }])
  })

  it('writes nothing for another workspace', async () => {
    const insert = context.database.tenant(a.workspace.id, (client) =>
      client.query(`INSERT INTO metadata_keys (workspace_id, dataset, key) VALUES ($1, 'leads', 'x')`, [
        b.workspace.id,
      ]),
    )
    await expect(insert).rejects.toMatchObject({ code: '42501' })
    const { rowCount } = await context.database.tenant(a.workspace.id, (client) =>
      client.query(`UPDATE chatbots SET name = 'stolen' WHERE id = $1`, [b.chatbot.id]),
    )
    expect(rowCount).toBe(0)
  })

  it('a pooled connection keeps nothing of the transaction before', async () => {
    const client = await context.database.beginTenant(a.workspace.id)
    await client.query('COMMIT')
    const { rows } = await client.query('SELECT count(*)::int AS n FROM chatbots')
    client.release()
    expect(rows).toEqual([{ n: 0 }])
  })

  it('a failed transaction is rolled back and its connection used again', async () => {
    const failing = context.database.tenant(a.workspace.id, async (client) => {
      await client.query(`INSERT INTO metadata_keys (workspace_id, dataset, key) VALUES ($1, 'leads', 'y')`, [
        a.workspace.id,
      ])
      throw new Error('after the write')
    })
    await expect(failing).rejects.toThrow('after the write')
    const keys = { name: 'keys', text: 'SELECT key FROM metadata_keys', values: [] }
    expect(await context.database.read(a.workspace.id, keys)).toEqual([])
  })

  it('forces row-level security on every table, and lets system at none that holds leads', async () => {
    const { rows } = await context.testDatabase.superuser.query<{
      name: string
      enabled: boolean
      forced: boolean
      roles: string[]
    }>(isolated)
    expect(rows.filter(({ enabled, forced }) => !enabled || !forced)).toEqual([])
    const open = rows.filter(
      ({ name, roles }) => personal.includes(name) && !(roles.length === 1 && roles[0] === 'leadferry_app'),
    )
    expect(open).toEqual([])
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(personal))
    const leads = context.database.system.query('SELECT FROM leads')
    await expect(leads).rejects.toMatchObject({ code: '42501' })
  })

  it('every foreign key between tenant tables carries the workspace', async () => {
    const { rows } = await context.testDatabase.superuser.query<{ definition: string }>(
      `SELECT conrelid::regclass || ' ' || pg_get_constraintdef(k.oid) AS definition FROM pg_constraint k
       JOIN pg_class c ON c.oid = k.conrelid
       WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND NOT c.relispartition
         AND pg_get_constraintdef(k.oid) NOT LIKE '%(workspace_id%' AND conrelid::regclass::text NOT IN ('upload_intents', 'archive_files', 'mail_outbox')`,
    )
    expect(rows).toEqual([])
  })

  it('refuses a runtime role that row-level security would not bind', async () => {
    const { Database } = await import('./database.js')
    const owner = { ...context.config, DATABASE_URL: context.testDatabase.urls.MIGRATION_DATABASE_URL }
    await expect(Database.connect(owner, [])).rejects.toThrow(
      /DATABASE_URL logs in as "leadferry_owner", which owns tables/,
    )
    const swapped = { ...context.config, DATABASE_URL: context.config.SYSTEM_DATABASE_URL }
    await expect(Database.connect(swapped, [])).rejects.toThrow(/is not leadferry_app nor a member of it/)
  })
})
