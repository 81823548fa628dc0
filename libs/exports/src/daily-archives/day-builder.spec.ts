import { WorkspacesService } from '#tenancy'
import { ArchiveKit } from '../../../../test/support/archives/archive-kit.js'
import { holdTable } from '../../../../test/support/held-table.js'
import { addVisit } from '../../../../test/support/samples/day.js'
import { until } from '../../../../test/support/until.js'

describe('the daily archives of a day', () => {
  let kit: ArchiveKit
  beforeAll(async () => {
    kit = await ArchiveKit.start()
  }, 60_000)
  afterAll(() => kit.close())
  afterEach(() => kit.forget())

  let leads = 0

  it('one file per model and account that has rows, named as the seed has it, with what the day had', async () => {
    const demo = await kit.workspace()
    const shop = await new WorkspacesService(kit.context.database).addAccount(demo.workspace.id, {
      name: 'Mi Tienda',
      slug: 'mi-tienda',
      platform: 'webchattonic',
    })
    const empty = await new WorkspacesService(kit.context.database).addAccount(demo.workspace.id, {
      name: 'Empty',
      slug: 'empty',
      platform: 'messenger',
    })
    const visit = await addVisit(kit.context, demo, shop.id, '2025-05-01T12:00:00Z')
    const api = await kit.implicit(demo)
    await kit.sql(
      `INSERT INTO leads (workspace_id, account_id, chatbot_id, created_at, hex, name)
       VALUES ($1, $2, $3, '2025-05-01T00:00:00Z', '00000000000000aa', 'Ana')`,
      [demo.workspace.id, api, demo.chatbot.id],
    )
    await kit.ask(demo, '2025-05-01')
    expect(await kit.buildAll()).toEqual(['built'])

    const files = await kit.listed(demo)
    const folder = `mi-tienda-webchattonic-${shop.id}`
    expect(files.map(({ name, model, folder, rows }) => [name, model, folder, rows])).toEqual(
      [
        [`funnels/${folder}/2025-05-01.zip`, 'funnels', folder, 1],
        [`leads/${folder}/2025-05-01.zip`, 'leads', folder, 1],
        [`leads/api-api-${api}/2025-05-01.zip`, 'leads', `api-api-${api}`, 1],
        [`messageUsers/${folder}/2025-05-01.zip`, 'messageUsers', folder, 1],
        [`messages/${folder}/2025-05-01.zip`, 'messages', folder, 2],
      ].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    )
    expect(files.some(({ name }) => name.includes(empty.id))).toBe(false)
    for (const { objectKey, name } of files) {
      expect(objectKey).toMatch(
        new RegExp(`^day_[0-9a-f]{16}-1/archive/${demo.workspace.codename}/csv/${name}$`),
      )
    }
    const of = (start: string) => kit.contentOf(files.find(({ name }) => name.startsWith(start))!)
    expect(await of('funnels/')).toEqual([
      expect.objectContaining({ interaction: 'INICIO', group: 'Sacar Tarjeta', 'data.DNI': '007' }),
    ])
    expect(await of('leads/mi-tienda')).toEqual([
      expect.objectContaining({ lead_id: visit.lead, account_id: shop.id, 'metadata.campaign': 'otoño' }),
    ])
    expect(await of('leads/api-api')).toEqual([expect.objectContaining({ lead_id: 'lead_00000000000000aa' })])
    // A spreadsheet would run it: the guard is on.
    expect(await of('messageUsers/')).toEqual([
      expect.objectContaining({ id: visit.messageUser, firstName: "'=Juan" }),
    ])
    expect((await of('messages/')).map(({ text }) => text).sort()).toEqual(['Hola, bot', 'Hola, user'])
    expect(await kit.table(demo)).toEqual([
      { day: '2025-05-01', state: 'built', epoch: 1, files: 5, reason: null },
    ])
  })

  it.each([
    ['America/Santiago', '2025-04-05', '2025-04-05T03:00:00Z', 25, 'clocks go back over its end'],
    ['America/Santiago', '2025-04-06', '2025-04-06T04:00:00Z', 24, 'the day after'],
    ['America/Santiago', '2025-09-07', '2025-09-07T04:00:00Z', 23, 'it has no midnight'],
    ['America/Havana', '2025-11-02', '2025-11-02T04:00:00Z', 25, 'it has two midnights'],
    ['Europe/Madrid', '2025-03-30', '2025-03-29T23:00:00Z', 23, 'spring'],
    ['Europe/Madrid', '2025-10-26', '2025-10-25T22:00:00Z', 25, 'autumn'],
    ['Asia/Kathmandu', '2025-05-01', '2025-04-30T18:15:00Z', 24, 'an offset of 5:45'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z', 0, 'the islands never had it'],
  ])('a day of %s: %s begins at %s and has %i hours (%s)', async (zone, day, start, hours) => {
    const tenant = await kit.workspace(zone)
    const account = await kit.implicit(tenant)
    const at = (hour: number, microseconds: string) =>
      kit.sql(
        `INSERT INTO leads (workspace_id, account_id, chatbot_id, created_at, hex, name)
         VALUES ($1, $2, $3, $4::timestamptz + make_interval(hours => $5) + $6::interval, $7, $8)`,
        [
          tenant.workspace.id,
          account,
          tenant.chatbot.id,
          start,
          hour,
          microseconds,
          `${++leads}`.padStart(16, '0'),
          hour === 0 ? `first${microseconds}` : `last${microseconds}`,
        ],
      )
    await at(0, '-1 microsecond')
    if (hours > 0) await at(0, '0')
    if (hours > 0) await at(hours, '-1 microsecond')
    await at(hours, '0')
    await kit.ask(tenant, day)
    await kit.buildAll()
    const files = await kit.listed(tenant)
    const names = await Promise.all(files.map((file) => kit.contentOf(file)))
    expect(names.flat().map(({ name }) => name)).toEqual(hours > 0 ? ['last-1 microsecond', 'first0'] : [])
  })

  it('built anew over the same rows it is the same file; what it replaced goes when no link can be out any more', async () => {
    const tenant = await kit.workspace()
    await addVisit(kit.context, tenant, await kit.implicit(tenant), '2025-05-01T12:00:00Z')
    await kit.ask(tenant, '2025-05-01')
    await kit.buildAll()
    const first = await kit.listed(tenant)
    await kit.ask(tenant, '2025-05-01')
    expect(await kit.buildAll()).toEqual(['built'])
    const second = await kit.listed(tenant)
    const known = ({ objectKey: _, ...file }: (typeof first)[number]) => file
    expect(second.map(known)).toEqual(first.map(known))
    const keys = (files: typeof first) => files.map(({ objectKey }) => objectKey)
    expect(keys(first).filter((key) => keys(second).includes(key))).toEqual([])

    await kit.cleanup.removeLostUploads()
    expect(await kit.storedKeys()).toEqual(expect.arrayContaining([...keys(first), ...keys(second)]))
    await kit.sql(`UPDATE upload_intents SET not_before = now()`)
    await kit.cleanup.removeLostUploads()
    const left = await kit.storedKeys()
    expect(left).toEqual(expect.arrayContaining(keys(second)))
    expect(left.filter((key) => keys(first).includes(key))).toEqual([])
  })

  it('a file whose rows are gone leaves the index', async () => {
    const tenant = await kit.workspace()
    await addVisit(kit.context, tenant, await kit.implicit(tenant), '2025-05-01T12:00:00Z')
    await kit.ask(tenant, '2025-05-01')
    await kit.buildAll()
    await kit.sql('DELETE FROM leads WHERE workspace_id = $1', [tenant.workspace.id])
    await kit.ask(tenant, '2025-05-01')
    await kit.buildAll()
    expect((await kit.listed(tenant)).map(({ model }) => model)).toEqual([
      'funnels',
      'messageUsers',
      'messages',
    ])
  })

  it('a store that goes away midway leaves the index as it was; the day is built when it is back', async () => {
    const tenant = await kit.workspace()
    const account = await kit.implicit(tenant)
    await addVisit(kit.context, tenant, account, '2025-05-01T12:00:00Z')
    await kit.ask(tenant, '2025-05-01')
    await kit.buildAll()
    const before = await kit.listed(tenant)
    await addVisit(kit.context, tenant, account, '2025-05-01T13:00:00Z')
    await kit.ask(tenant, '2025-05-01')
    // Holds the build up before its last model, when the others are uploaded.
    const release = await holdTable(kit.context, 'messages')
    const building = kit.builder.buildNext()
    await until('the uploads', async () => {
      const { rowCount } = await kit.sql(
        `SELECT FROM upload_intents WHERE holder LIKE 'day_%' AND cleaned_at IS NULL AND object_key LIKE '%-2/%'`,
      )
      return rowCount === 3
    })
    await kit.context.s3.close()
    await release()
    expect(await building).toBe('due')
    expect(await kit.listed(tenant)).toEqual(before)
    expect(await kit.table(tenant)).toMatchObject([{ state: 'due', reason: 'storage_unavailable' }])
    expect(await kit.builder.buildNext()).toBeNull()

    await kit.context.s3.restart()
    await kit.sql(`UPDATE archive_days SET not_before = now()`)
    expect(await kit.builder.buildNext()).toBe('built')
    const after = await kit.listed(tenant)
    expect(after.map(({ rows }) => rows)).toEqual([2, 2, 2, 4])
    await kit.cleanup.removeLostUploads()
    const left = (await kit.storedKeys()).filter((key) => key.includes(`/${tenant.workspace.codename}/`))
    expect(left.filter((key) => key.includes('-2/archive/'))).toEqual([])
    expect(left).toEqual(expect.arrayContaining(after.map(({ objectKey }) => objectKey)))
  })

  it('hands a day back when its worker shuts down', async () => {
    const tenant = await kit.workspace()
    await addVisit(kit.context, tenant, await kit.implicit(tenant), '2025-05-01T12:00:00Z')
    await kit.ask(tenant, '2025-05-01')
    const ending = kit.newBuilder()
    ending.drain()
    expect(await ending.buildNext()).toBe('due')
    expect(await kit.builder.buildNext()).toBe('built')
  })
})
