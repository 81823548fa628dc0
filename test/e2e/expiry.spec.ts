import { ObjectStore } from '#core'
import { Client } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { storedKeys } from '../support/store/stored-keys.js'
import { mailAbout } from '../support/mail/mails.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { addLeads } from '../support/samples/leads.js'
import { freePort } from '../../tools/local-stack/ports.js'

describe('a file whose time is over', () => {
  let context: TestContext
  let gateway: Program
  let proxying: Program
  let worker: Program
  let proxyUrl: string

  beforeAll(async () => {
    context = await TestContext.create()
    gateway = await startProgram('gateway', context.env)
    const PORT = String(await freePort())
    proxyUrl = `http://127.0.0.1:${PORT}`
    const own = { PORT, PUBLIC_URL: proxyUrl, ADMIN_PORT: String(await freePort()), DOWNLOADS: 'proxy' }
    proxying = await startProgram('gateway', { ...context.env, ...own })
    worker = await startProgram('worker', context.env)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await proxying.stop(10_000)
    await worker.stop(10_000)
    await context.close()
  })

  const sql = (text: string, values?: unknown[]) =>
    context.testDatabase.superuser.query<Record<string, string>>(text, values)
  const clientOf = ({ key }: TestWorkspace, base = context.config.PUBLIC_URL) =>
    new Client(`${base}/api/v1`, key)
  const stateOf = async (api: Client, id: string) => (await api.get(`/exports/${id}`)).body.state as string

  async function completed(api: Client): Promise<string> {
    const id = (await api.post('/exports', { dataset: 'leads', format: 'csv' })).body.id as string
    await until('completion', async () => (await stateOf(api, id)) === 'completed')
    return id
  }

  it.each([
    ['es', 'ya no está disponible'],
    ['en', 'no longer available'],
  ] as const)('is gone from index, store and links, and the page says so in %s', async (locale, sentence) => {
    const demo = await context.workspace(`demo-${locale}`, locale)
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 100)
    const api = clientOf(demo)
    const id = await completed(api)
    const kept = await completed(api)
    const page = /http\S+\/d\/\S+/.exec((await mailAbout(context.mailbox, id)).text)![0]
    const link = (await api.get(`/exports/${id}/download`)).headers.get('location')!
    const proxied = (await clientOf(demo, proxyUrl).get(`/exports/${id}/download`)).headers.get('location')!
    expect(await Promise.all([page, link, proxied].map(async (url) => (await fetch(url)).status))).toEqual([
      200, 200, 200,
    ])
    const name = (await api.get(`/exports/${id}`)).body.archiveName as string

    await sql('UPDATE exports SET expires_at = now() WHERE id = $1', [id])
    await until('it to expire', async () => (await stateOf(api, id)) === 'expired')
    await until(
      'its object to go',
      async () => !(await storedKeys(context)).some((key) => key.startsWith(id)),
    )
    const gone = await fetch(page)
    expect([gone.status, await gone.text()]).toEqual([410, expect.stringContaining(sentence)])
    expect((await fetch(page, { method: 'POST', redirect: 'manual' })).status).toBe(410)
    expect((await fetch(link)).status).toBe(404)
    expect((await fetch(proxied)).status).toBe(404)
    expect((await api.get(`/exports/${id}/download`)).status).toBe(410)
    const codename = demo.workspace.codename
    const url = await api.get(
      `/${codename}/archive/url?name=${encodeURIComponent(name)}&token=${demo.appToken}`,
    )
    expect(url.status).toBe(404)
    expect((await sql('SELECT FROM archive_files WHERE export_id = $1', [id])).rows).toEqual([])
    expect(await stateOf(api, kept)).toBe('completed')
    expect((await storedKeys(context)).filter((key) => key.startsWith(kept))).toHaveLength(1)
  })

  it('comes by the retention that its workspace had when it was made; another one is for files to come', async () => {
    const demo = await context.workspace('settings')
    const api = clientOf(demo)
    const daysOf = async (id: string) =>
      (
        await sql(
          'SELECT extract(day FROM expires_at - finished_at)::int AS days FROM exports WHERE id = $1',
          [id],
        )
      ).rows[0]!['days']
    const before = await completed(api)
    const admin = `http://127.0.0.1:${context.config.ADMIN_PORT}/admin/v1/workspaces/settings`
    const headers = {
      Authorization: `Bearer ${context.config.ADMIN_TOKEN}`,
      'Content-Type': 'application/json',
    }
    const changed = await fetch(admin, { method: 'PATCH', headers, body: '{"retentionDays":7}' })
    expect(changed.status).toBe(200)
    expect([await daysOf(before), await daysOf(await completed(api))]).toEqual([30, 7])
  })

  it('daily archives have none', async () => {
    const demo = await context.workspace('daily')
    const store = new ObjectStore(context.config)
    const key = 'day_0000000000000001-1/archive/daily/csv/leads/a/2020-01-01.zip'
    await store.put(key, Buffer.from('x'), 'application/zip')
    await sql(
      `INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day, created_at)
       VALUES ($1, 'csv', 'leads', 'a', 'leads/a/2020-01-01.zip', $2, 1, '', 1, '2020-01-01', '2020-01-02')`,
      [demo.workspace.id, key],
    )
    const id = await completed(clientOf(demo))
    await sql('UPDATE exports SET expires_at = now() WHERE id = $1', [id])
    await until('the other to expire', async () => (await stateOf(clientOf(demo), id)) === 'expired')
    expect(await store.size(key)).toBe(1)
    expect((await sql('SELECT FROM archive_files WHERE object_key = $1', [key])).rows).toHaveLength(1)
    store.close()
  })

  it('one that the store has lost is 404 through the gateway, and no error of ours', async () => {
    const demo = await context.workspace('lost')
    const api = clientOf(demo, proxyUrl)
    const id = await completed(api)
    const store = new ObjectStore(context.config)
    const [key] = (await storedKeys(context)).filter((one) => one.startsWith(id))
    await store.delete(key!)
    store.close()
    const link = (await api.get(`/exports/${id}/download`)).headers.get('location')!
    const answer = await fetch(link)
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'NOT_FOUND'])
  })
})
