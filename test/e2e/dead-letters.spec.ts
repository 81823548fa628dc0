import { Client } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { ask } from '../support/api/http.js'
import { mailsIn } from '../support/mail/mails.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { json } from '../support/api/refusals.js'
import { cli } from '../support/programs/cli.js'
import { addLeads } from '../support/samples/leads.js'

describe('after an outage of the store', () => {
  let context: TestContext
  let gateway: Program
  let worker: Program
  let demo: TestWorkspace
  let api: Client
  let before: string
  let ids: string[]

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo', 'en')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 50)
    worker = await startProgram('worker', context.env)
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    before = new Date(Date.now() - 60_000).toISOString()

    await context.s3.close()
    const accept = () => api.post('/exports', { dataset: 'leads', format: 'csv' })
    ids = (await Promise.all([accept(), accept(), accept()])).map(({ body }) => body.id as string)
    await until('them to be given up', async () => {
      await sql(
        `UPDATE exports SET tried_since = now() - interval '25 hours', deferrals = greatest(deferrals, 1), not_before = now() WHERE state = 'queued'`,
      )
      return (await states()).every((state) => state === 'failed')
    })
    await until('the mails', async () => (await mailsIn(context.mailbox)).length === 3)
    await context.s3.restart()
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await worker.stop(10_000)
    await context.close()
  })

  const sql = (text: string) => context.testDatabase.superuser.query<{ state: string }>(text)
  const states = async () => (await sql('SELECT state FROM exports')).rows.map(({ state }) => state)
  const admin = (method: string, path: string, body?: unknown) =>
    ask(`http://127.0.0.1:${context.config.ADMIN_PORT}`, {
      method,
      path: `/admin/v1/dead-letters${path}`,
      body: body === undefined ? undefined : json(body).body,
      headers: {
        ...(body === undefined ? {} : json(body).headers),
        Authorization: `Bearer ${context.config.ADMIN_TOKEN}`,
      },
    })
  const deadLetter = (...words: string[]) => cli(context.env, 'dead-letter', ...words)

  it('an operator sees what failed, by the API and by the command', async () => {
    const { status, body } = await admin(
      'GET',
      `?kind=export&reason=storage_unavailable&size=2&since=${before}`,
    )
    expect(status).toBe(200)
    expect(body.data).toHaveLength(2)
    expect(body.data[0]).toEqual({
      kind: 'export',
      id: expect.stringMatching(/^exp_/),
      workspace: 'demo',
      reason: 'storage_unavailable',
      at: expect.stringMatching(/Z$/),
      attempts: expect.any(Number),
      exportId: body.data[0].id,
      day: null,
    })
    const rest = await admin(
      'GET',
      `?kind=export&reason=storage_unavailable&size=2&since=${before}&cursor=${encodeURIComponent(body.pagination.next as string)}`,
    )
    expect(rest.body).toMatchObject({
      data: [{ kind: 'export' }],
      pagination: { hasMore: false, next: null },
    })

    const [head, ...lines] = (await deadLetter('list', '--workspace', 'demo')).trimEnd().split('\n')
    expect(head).toMatch(/^KIND +ID +WORKSPACE +AT +REASON +ATTEMPTS +OF$/)
    expect(lines).toHaveLength(3)
    for (const id of ids) expect(lines.join('\n')).toMatch(new RegExp(`^export +${id} +demo `, 'm'))
    expect(JSON.parse(await deadLetter('list', '--json', '--limit', '1'))).toMatchObject([
      { workspace: 'demo' },
    ])
    expect(await deadLetter('list', '--reason', 'too_large')).toBe('none\n')
  })

  it('puts one aside, replays one, and then all the others', async () => {
    const [first, second, third] = ids as [string, string, string]
    expect((await admin('POST', `/export/${first}/dismiss`)).status).toBe(204)
    expect(await deadLetter('replay', '--kind', 'export', '--id', second)).toBe(`export\t${second}\n`)
    const replayed = await admin('POST', '/replay', { since: before, reason: 'storage_unavailable' })
    expect([replayed.status, replayed.body]).toEqual([
      200,
      { replayed: { export: 1, mail: 0, missing_file: 0, archive_day: 0 } },
    ])
    const again = await admin('POST', '/replay', { since: before })
    expect(again.body).toEqual({ replayed: { export: 0, mail: 0, missing_file: 0, archive_day: 0 } })
    expect((await admin('POST', `/export/${third}/replay`)).status).toBe(404)

    await until('both to be done', async () => {
      const done = (await states()).filter((state) => state === 'completed')
      return done.length === 2
    })
    expect((await api.get(`/exports/${first}`)).body).toMatchObject({ state: 'failed' })
    await until('their mails', async () => (await mailsIn(context.mailbox)).length === 5)
    expect(gateway.lines.join('\n')).toContain(third)
    expect(await deadLetter('list')).toBe('none\n')
  })

  it('the command says what is missing or wrong', async () => {
    await expect(deadLetter('replay')).rejects.toThrow(/error: say which: --kind and --id of one, or --since/)
    await expect(deadLetter('replay', '--id', ids[0]!)).rejects.toThrow(/error: --id goes with --kind/)
    await expect(deadLetter('replay', '--kind', 'mail', '--id', '1x')).rejects.toThrow(
      /error: id: The dead letter was not found/,
    )
    await expect(
      deadLetter('replay', '--kind', 'mail', '--id', '1', '--reason', 'mail_refused'),
    ).rejects.toThrow(/'--id <id>' cannot be used with option '--reason <reason>'/)
    await expect(deadLetter('list', '--kind', 'letter')).rejects.toThrow(
      /Allowed choices are export, mail, missing_file, archive_day/,
    )
    await expect(deadLetter('list', '--limit', '0')).rejects.toThrow(/Must be at least 1\./)
    await expect(deadLetter('list', '--workspace', 'nobody')).rejects.toThrow(
      /error: workspace: The workspace was not found/,
    )
  })
})
