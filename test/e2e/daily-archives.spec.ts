import { FunnelsService } from '#leads'
import { WorkspacesService } from '#tenancy'
import { Client } from '../support/api/client.js'
import { backends, TestContext, type TestWorkspace } from '../support/context.js'
import { archiveDays, contentOf, dailyArchives } from '../support/archives/daily-archives.js'
import { storedKeys } from '../support/store/stored-keys.js'
import { holdTable } from '../support/held-table.js'
import { cli } from '../support/programs/cli.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { addAccountsWithMessages, addVisit } from '../support/samples/day.js'

const settings = { ARCHIVE_SETTLE_SECONDS: '0', EXPORT_LEASE_SECONDS: '1' }

/** A workspace that was made three days ago, and an account of it. */
async function workspaceOf(context: TestContext, codename: string) {
  const tenant = await context.workspace(codename)
  const account = await new WorkspacesService(context.database).addAccount(tenant.workspace.id, {
    name: 'Mi Tienda',
    slug: 'mi-tienda',
    platform: 'webchattonic',
  })
  await context.testDatabase.superuser.query(
    `UPDATE workspaces SET created_at = now() - interval '3 days' WHERE id = $1`,
    [tenant.workspace.id],
  )
  return { ...tenant, accountId: account.id }
}
type Tenant = Awaited<ReturnType<typeof workspaceOf>>

/** The day so many days ago by the workspace's clock, and a time in the middle of it. */
async function dayAgo(context: TestContext, { workspace }: TestWorkspace, ago: number) {
  const { rows } = await context.testDatabase.superuser.query<{ day: string; noon: string }>(
    `SELECT day::text, ((day + time '12:00') AT TIME ZONE time_zone)::text AS noon
     FROM workspaces, LATERAL (SELECT (now() AT TIME ZONE time_zone)::date - $2::int AS day) d WHERE id = $1`,
    [workspace.id, ago],
  )
  return rows[0]!
}

const allBuilt = (context: TestContext, { workspace }: TestWorkspace, count: number) =>
  until('the days', async () => {
    const days = await archiveDays(context, workspace.id)
    return days.length >= count && days.every(({ state }) => state === 'built') ? days : null
  })

for (const { backend, suite } of backends) {
  suite(`daily archives, with the queue on ${backend}`, () => {
    let context: TestContext
    let worker: Program
    let demo: Tenant

    beforeAll(async () => {
      context = await TestContext.create(backend, settings)
      demo = await workspaceOf(context, 'demo')
    }, 60_000)
    afterAll(async () => {
      await worker.stop(10_000)
      await context.close()
    })

    it('days that ended while no worker ran are caught up when one starts', async () => {
      const { day, noon } = await dayAgo(context, demo, 2)
      await addVisit(context, demo, demo.accountId, noon)
      worker = await startProgram('worker', context.env)
      const days = await allBuilt(context, demo, 3)
      expect(days.map(({ epoch, files }) => [epoch, files])).toEqual([
        [1, 0],
        [1, 4],
        [1, 0],
      ])
      const folder = `mi-tienda-webchattonic-${demo.accountId}`
      expect((await dailyArchives(context, demo.workspace.id)).map(({ name }) => name)).toEqual(
        ['funnels', 'leads', 'messageUsers', 'messages'].map((model) => `${model}/${folder}/${day}.zip`),
      )
    })

    it('what came in late is archived', async () => {
      const { day, noon } = await dayAgo(context, demo, 1)
      await addVisit(context, demo, demo.accountId, noon)
      await context.database.tenant(demo.workspace.id, (client) =>
        client.query('INSERT INTO late_days (workspace_id, day) VALUES ($1, $2)', [demo.workspace.id, day]),
      )
      await until('its files', async () =>
        (await dailyArchives(context, demo.workspace.id)).some((file) => file.day === day),
      )
    })
  })
}

describe('daily archives', () => {
  let context: TestContext
  let gateway: Program
  let worker: Program
  let demo: Tenant
  let other: Tenant
  let api: Client

  beforeAll(async () => {
    context = await TestContext.create('postgres', settings)
    demo = await workspaceOf(context, 'demo')
    other = await workspaceOf(context, 'other')
    for (const tenant of [demo, other])
      await addVisit(context, tenant, tenant.accountId, '2025-05-01T12:00:00Z')
    worker = await startProgram('worker', context.env)
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    const othersApi = new Client(`${context.config.PUBLIC_URL}/api/v1`, other.key)
    await othersApi.post('/other/archive/build', { from: '2025-05-01', to: '2025-05-01' })
    await allBuilt(context, other, 4)
    await allBuilt(context, demo, 3)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await worker.stop(10_000)
    await context.close()
  })

  const listed = (tenant = demo) => dailyArchives(context, tenant.workspace.id)
  const range = (from: string, to = from) => api.post('/demo/archive/build', { from, to })
  const superuser = (text: string) => context.testDatabase.superuser.query<Record<string, string>>(text)

  it('the API builds a range, of its own workspace only, and the files are listed and downloaded', async () => {
    const before = await listed(other)
    expect(before).toHaveLength(4)
    const asked = await range('2025-04-30', '2025-05-02')
    expect([asked.status, asked.body]).toEqual([
      202,
      {
        timeZone: 'America/Lima',
        days: ['2025-04-30', '2025-05-01', '2025-05-02'].map((day) => ({ day, state: 'due' })),
      },
    ])
    await allBuilt(context, demo, 6)
    const folder = `messages/mi-tienda-webchattonic-${demo.accountId}`
    const app = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.appToken)
    const level = await app.get(`/demo/archive/list?format=csv&prefix=${folder}`)
    const name = `${folder}/2025-05-01.zip`
    expect(level.body.objects).toEqual([
      expect.objectContaining({ complete: name, prefix: '2025-05-01.zip', rows: 2, date: '2025-05-01' }),
    ])
    const { body } = await app.get(`/demo/archive/url?name=${name}`)
    expect(body.url).toContain(`/archive/demo/csv/${name}?`)
    const file = await fetch(body.url as string)
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/zip'])
    expect((await file.arrayBuffer()).byteLength).toBe(level.body.objects[0].size)
    expect(await listed(other)).toEqual(before)
  })

  it('the same Idempotency-Key builds once', async () => {
    const ask = () =>
      api.post(
        '/demo/archive/build',
        { from: '2025-03-01', to: '2025-03-01' },
        { 'Idempotency-Key': 'one-build' },
      )
    const first = await ask()
    expect(first.status).toBe(202)
    const built = async () => {
      const day = (await archiveDays(context, demo.workspace.id)).find((one) => one.day === '2025-03-01')
      return day?.state === 'built' ? day : null
    }
    await until('the day', built)
    const second = await ask()
    expect([second.status, second.text]).toEqual([202, first.text])
    expect(await until('the day', built)).toMatchObject({ epoch: 1 })
  })

  it('the command builds a range, and names what is wrong with one', async () => {
    const build = (from: string, to: string) =>
      cli(context.env, 'archive', 'build', '--workspace', 'demo', '--from', from, '--to', to)
    expect(await build('2025-02-01', '2025-02-02')).toBe('2025-02-01\tdue\n2025-02-02\tdue\n')
    await until('the days', async () => {
      const days = await archiveDays(context, demo.workspace.id)
      return days.filter(({ day, state }) => day.startsWith('2025-02') && state === 'built').length === 2
    })
    await expect(build('2025-02-02', '2025-02-01')).rejects.toThrow(/error: from: Must not be after to/)
    await expect(build('2025-02-01', '2999-02-01')).rejects.toThrow(/error: to: Must be a day that is over/)
  })

  it('a day of many files gives way to another tenant’s day, and is listed whole', async () => {
    const large = await workspaceOf(context, 'large')
    // Two files of each, and of the account that is there: a slice and some more.
    await addAccountsWithMessages(context, large, 110, '2025-05-01T12:00:00Z')
    const ask = (tenant: Tenant) =>
      new Client(`${context.config.PUBLIC_URL}/api/v1`, tenant.key).post(
        `/${tenant.workspace.codename}/archive/build`,
        { from: '2025-05-01', to: '2025-05-01' },
      )
    const dayOf = async ({ workspace }: Tenant) => {
      const days = await archiveDays(context, workspace.id)
      return days.find(({ day }) => day === '2025-05-01')
    }
    await ask(large)
    await until('its first slice', async () => (await dayOf(large))?.state === 'building')
    await ask(other)
    await until('the day of the other', async () => (await dayOf(other))?.state === 'built')
    await until('the large day', async () => (await dayOf(large))?.state === 'built')
    expect(await dayOf(large)).toMatchObject({ files: 222 })
    expect(await listed(large)).toHaveLength(222)
    const { rows } = await superuser(
      `SELECT workspace_id AS id FROM archive_days WHERE day = '2025-05-01' AND workspace_id IN ('${large.workspace.id}', '${other.workspace.id}')
       ORDER BY built_at`,
    )
    expect(rows.map(({ id }) => id)).toEqual([other.workspace.id, large.workspace.id])
  })

  it('a worker killed in the middle leaves the index as it was, and another one builds the day', async () => {
    await range('2025-05-01')
    await allBuilt(context, demo, 3)
    const before = await listed()
    await addVisit(context, demo, demo.accountId, '2025-05-01T13:00:00Z')
    // The last model is what the build waits for, with the others uploaded.
    const release = await holdTable(context, 'messages')
    await range('2025-05-01')
    const intents = () => superuser(`SELECT object_key FROM upload_intents WHERE not_before <= now()`)
    await until('the uploads', async () => (await intents()).rows.length === 3)
    const orphans = (await intents()).rows.map((row) => row['object_key'])
    const { rows } = await superuser(
      `SELECT split_part(worker, ':', 2) AS pid FROM archive_days WHERE state = 'building'`,
    )
    process.kill(Number(rows[0]!['pid']), 'SIGKILL')
    await worker.exited
    expect(await listed()).toEqual(before)

    worker = await startProgram('worker', context.env)
    await release()
    await allBuilt(context, demo, 3)
    const after = await listed()
    expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name))
    expect(after.map(({ rows }) => rows)).toEqual([2, 2, 2, 4])
    for (const file of after) expect(await contentOf(context, file)).toHaveLength(file.rows)
    await until('the janitor', async () => {
      const keys = await storedKeys(context)
      return orphans.every((key) => !keys.includes(key!))
    })
  })

  it('what an event tells late is in the archive of its day, and a lead that is deleted is in it no more', async () => {
    const group = { name: 'g', doubleCounting: true, newAt: 24, interactions: ['A'] }
    await new FunnelsService(context.database).create(demo.workspace.id, 'late', ['A'], [group])
    const event = {
      ...{ id: 'late-1', type: 'interaction', time: '2025-02-02T04:59:59.999Z', bot: 'asistente' },
      ...{ account: { platform: 'telegram', name: 'Tarde' }, user: { id: 'ana' } },
      ...{ funnel: 'late', group: 'g', interaction: 'A', data: [{ name: 'Correo', cxt: 'ana@example.com' }] },
    }
    expect((await api.post('/demo/events', { events: [event] })).body).toMatchObject({ accepted: 1 })
    // A second before midnight in Lima.
    const ofDay = async () => (await listed()).filter(({ day }) => day === '2025-02-01')
    const models = async () => (await ofDay()).map(({ model }) => model)
    await until('the files of the day', async () => (await models()).includes('leads'))
    expect(await models()).toEqual(['funnels', 'leads', 'messageUsers'])
    const rows = await Promise.all((await ofDay()).map((file) => contentOf(context, file)))
    expect(rows).toMatchObject([
      [{ id: 'late-1', interaction: 'A', 'data.Correo': 'ana@example.com' }],
      [{ email: 'ana@example.com' }],
      [{ externalId: 'ana' }],
    ])
    await api.send('DELETE', `/leads/${rows[1]![0]!['lead_id']}`, undefined, {})
    await until('the day without the lead', async () => !(await models()).includes('leads'))
    expect(await models()).toEqual(['funnels', 'messageUsers'])
  })
})
