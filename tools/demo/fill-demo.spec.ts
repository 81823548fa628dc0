import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database, loadConfig } from '#core'
import { KeysService, tenancyEntities, WorkspacesService } from '#tenancy'
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.js'
import { type DemoAccess, fillDemo } from './fill-demo.js'

const LEADS = 300

describe('the demo', () => {
  let testDatabase: TestDatabase
  let folder: string

  beforeEach(async () => {
    testDatabase = await createTestDatabase()
    folder = await mkdtemp(join(tmpdir(), 'leadferry-demo-'))
  })
  afterEach(async () => {
    await testDatabase.drop()
    await rm(folder, { recursive: true })
  })

  const fill = () => fillDemo(testDatabase.urls, folder, LEADS)

  async function count(what: string): Promise<number> {
    const { rows } = await testDatabase.superuser.query<{ count: string }>(`SELECT count(*) FROM ${what}`)
    return Number(rows[0]?.count)
  }

  async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await Database.connect(loadConfig('cli', testDatabase.urls), tenancyEntities)
    return work(database).finally(() => database.close())
  }

  it('is filled once, by a role that row-level security binds', async () => {
    const { CODENAME, CHATBOT_ID } = await fill()
    expect({ CODENAME, CHATBOT_ID }).toEqual({ CODENAME: 'demo', CHATBOT_ID: 'cb_1234567890abcdef' })
    await fill()
    expect(await count('leads')).toBe(LEADS)
    expect(
      await count(`funnel_groups g JOIN funnels f ON f.id = g.funnel_id WHERE f.name = 'sacarTarjeta'
      AND g.name = 'Sacar Tarjeta' AND g.double_counting AND g.new_at = 24`),
    ).toBe(1)
  })

  it('knows every name of metadata that its leads have', async () => {
    await fill()
    const known = "SELECT key FROM metadata_keys WHERE dataset = 'leads'"
    const missing = `(SELECT jsonb_object_keys(metadata) FROM leads EXCEPT ${known}) AS missing`
    expect(await count(missing)).toBe(0)
  })

  it('is filled where an earlier fill was killed right after it had made the workspace', async () => {
    const demo = { codename: 'demo', name: 'Demo', locale: 'es', timeZone: 'America/Lima' } as const
    await withDatabase((database) => new WorkspacesService(database).create(demo))
    await testDatabase.superuser.query('DELETE FROM accounts')
    await fill()
    expect(await count('leads')).toBe(LEADS)
    expect(await count('accounts WHERE implicit')).toBe(1)
  })

  it('keeps tokens that still open it, and issues anew what was lost or revoked', async () => {
    const first = await fill()
    await keep(first)
    expect(await fill()).toEqual(first)
    await withDatabase(async (database) => {
      const keys = new KeysService(database)
      const principal = await keys.authenticate(first.API_KEY)
      expect(principal).toMatchObject({
        codename: 'demo',
        ownerName: 'Demo Owner',
        ownerEmail: 'demo@leadferry.local',
      })
      await keys.revoke(principal?.workspaceId ?? '', principal?.keyId ?? '')
    })
    const third = await fill()
    expect(third.APP_TOKEN).toBe(first.APP_TOKEN)
    expect(third.API_KEY).not.toBe(first.API_KEY)
    await rm(join(folder, 'demo.env'))
    expect((await fill()).APP_TOKEN).not.toBe(first.APP_TOKEN)
  })

  const keep = (access: DemoAccess) =>
    writeFile(
      join(folder, 'demo.env'),
      Object.entries(access)
        .map(([name, value]) => `${name}='${value}'\n`)
        .join(''),
    )
})
