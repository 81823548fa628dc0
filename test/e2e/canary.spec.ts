import { readdirSync, readFileSync } from 'node:fs'
import { cli } from '../support/programs/cli.js'
import { exchange } from '../support/api/http.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { mailAbout } from '../support/mail/mails.js'
import { reply, smtpServer } from '../support/mail/smtp-servers.js'
import { launchProgram, type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { rolePasswords } from '../runner/roles.js'

/** What must turn up nowhere: planted, and long enough not to be met by chance. */
const planted = {
  APP_SECRET: 'canary-app-secret-canary-app-secret',
  ADMIN_TOKEN: 'canary-admin-token-canary-admin-token',
  SMTP_URL: 'canary-smtp-password',
  name: 'Canary Nightingale',
  email: 'canary.lead@example.com',
  phone: '+51900111222',
  wrongKey: 'lf_canary_wrong_key_0123456789abcdef',
  query: 'canary-in-a-query',
}

describe('secrets and addresses', () => {
  let context: TestContext
  let demo: TestWorkspace
  let env: Record<string, string>
  const programs: Program[] = []
  /** Bodies of answers that told of an error. */
  const errors: string[] = []

  beforeAll(async () => {
    context = await TestContext.create('postgres', {
      APP_SECRET: planted.APP_SECRET,
      ADMIN_TOKEN: planted.ADMIN_TOKEN,
    })
    demo = await context.workspace('demo')
    env = context.env
    for (const name of ['gateway', 'worker'] as const) programs.push(await startProgram(name, env))
  }, 60_000)
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.stop(10_000)))
    await context.close()
  })

  const canaries = () =>
    Object.entries({
      ...planted,
      'password of the owner': rolePasswords.owner,
      'password of the app': rolePasswords.app,
      'password of the system': rolePasswords.system,
      'key of the store': context.env['S3_SECRET_ACCESS_KEY']!,
      'API key': demo.key,
      'app token': demo.appToken,
      'owner of the key': demo.owner,
    })
  const seenIn = (text: string, allowed: readonly string[] = []) =>
    canaries()
      .filter(([name, canary]) => !allowed.includes(name) && text.includes(canary))
      .map(([name]) => name)

  async function ask(
    path: string,
    init: { key?: string; method?: string; body?: string } = {},
  ): Promise<Response> {
    const { key = demo.key, ...request } = init
    const response = await fetch(`${context.config.PUBLIC_URL}${path}`, {
      redirect: 'manual',
      ...request,
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    })
    if (response.status >= 400) errors.push(await response.clone().text())
    return response
  }

  /** A worker whose mail server refuses its login. */
  async function refusedLogin(): Promise<void> {
    const server = await smtpServer({
      onAuth: (_auth, _session, answer) => answer(reply(535, 'no such login')),
    })
    const smtp = new URL(server.url)
    smtp.password = planted.SMTP_URL
    await programs[1]!.stop(10_000)
    programs.push(await startProgram('worker', { ...env, SMTP_URL: smtp.href }))
    await ask('/api/v1/exports', {
      method: 'POST',
      body: JSON.stringify({ dataset: 'leads', format: 'ndjson' }),
    })
    await programs.at(-1)!.says('mail not sent')
    await server.close()
  }

  it('turn up in no log line, no error body and no list of processes, whatever is asked', async () => {
    const lead = { name: planted.name, email: planted.email, phone: planted.phone }
    const chatbot = demo.chatbot.id
    expect(
      (await ask(`/api/v1/chatbots/${chatbot}/leads`, { method: 'POST', body: JSON.stringify(lead) })).status,
    ).toBeLessThan(300)
    for (const [path, init] of [
      ['/api/v1/leads', { key: planted.wrongKey }],
      [`/api/v1/leads?q=${planted.query}&size=wrong`, {}],
      [`/api/v1/get-leads?token=${planted.wrongKey}`, { key: '' }],
      [`/api/v1/leads?cursor=${planted.query}`, {}],
      [
        `/api/v1/chatbots/${chatbot}/leads`,
        { method: 'POST', body: JSON.stringify({ ...lead, email: { wrong: planted.email } }) },
      ],
      [`/api/v1/chatbots/${chatbot}/leads`, { method: 'POST', body: `{"email":"${planted.email}"` }],
      [
        '/api/v1/exports',
        {
          method: 'POST',
          body: JSON.stringify({ dataset: 'leads', format: 'csv', recipient: `${planted.email},` }),
        },
      ],
      [
        '/api/v1/exports',
        {
          method: 'POST',
          body: JSON.stringify({ dataset: 'leads', format: 'csv', filter: { [planted.query]: 1 } }),
        },
      ],
      [`/d/${planted.wrongKey}`, {}],
      [`/files/${planted.wrongKey}`, {}],
      [`/api/v1/nowhere/${planted.query}`, {}],
    ] as const)
      expect((await ask(path, init)).status).toBeGreaterThanOrEqual(400)
    const admin = await fetch(`http://127.0.0.1:${env['ADMIN_PORT']}/admin/v1/workspaces`, {
      headers: { Authorization: `Bearer ${planted.wrongKey}` },
    })
    errors.push(await admin.text())
    expect(admin.status).toBe(401)
    errors.push(
      await exchange(context.config.PUBLIC_URL, `GET /api/v1/leads?${planted.query} HTTP/9.9\r\n\r\n`),
    )

    const accepted = await ask('/api/v1/exports', {
      method: 'POST',
      body: JSON.stringify({ dataset: 'leads', format: 'csv' }),
    })
    const { id } = (await accepted.json()) as { id: string }
    const link = /\/d\/[\w.-]+/.exec((await mailAbout(context.mailbox, id)).text)![0]
    await ask(link)
    await ask(`/api/v1/exports/${id}/download`)
    await refusedLogin()
    // What goes wrong inside is told to the log alone.
    await context.s3.close()
    await ask(`/api/v1/exports/${id}/download`)
    await ask('/api/v1/exports', {
      method: 'POST',
      body: JSON.stringify({ dataset: 'leads', format: 'xlsx' }),
    })
    await until('the store to be missed', () =>
      programs.some(({ lines }) => lines.some((line) => line.includes('export attempt failed')))
        ? true
        : null,
    )
    await context.s3.restart()
    const lines = programs.flatMap((program) => program.lines)
    expect(lines.length).toBeGreaterThan(20)
    expect(errors.length).toBeGreaterThan(10)
    const token = link.slice('/d/'.length)
    expect(lines.filter((line) => line.includes(token))).toEqual([])
    for (const line of [...lines, ...processList()]) expect([line, seenIn(line)]).toEqual([line, []])
    // The value that was wrong is told to who sent it.
    for (const body of errors) expect([body, seenIn(body, ['email', 'query'])]).toEqual([body, []])
  }, 60_000)

  it('turn up in no message of a process that can’t start', async () => {
    const wrongDatabase = new URL(context.env['DATABASE_URL']!)
    wrongDatabase.password = 'canary-wrong-password'
    for (const [variable, value] of [
      ['DATABASE_URL', wrongDatabase.href],
      ['DATABASE_URL', `mysql://canary-wrong-password@h/x`],
      ['QUEUE_URL', 'redis-sentinel://:canary-wrong-password@h'],
      ['APP_SECRET', 'canary-wrong-password'],
    ] as const) {
      const program = launchProgram('worker', { ...env, [variable]: value })
      expect(await program.exited).toBe('exited with code 1')
      const text = program.lines.join('\n')
      expect(text).toContain(variable)
      expect(text).not.toContain('canary-wrong-password')
      const told: string = await cli({ ...env, [variable]: value }, 'doctor').catch(String)
      expect(told).toContain('WRONG')
      expect(told).not.toContain('canary-wrong-password')
    }
  }, 60_000)
})

/** The arguments of every process of this machine that may be looked at. */
function processList(): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    } catch {
      return ''
    }
  })
}
