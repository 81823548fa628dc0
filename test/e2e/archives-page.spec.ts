import { ObjectStore } from '#core'
import { KeysService } from '#tenancy'
import { ArchiveVisitor, filesIn, linksIn } from '../support/archives/archive-visitor.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Answer, ask } from '../support/api/http.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { addArchive, addArchiveFile } from '../support/samples/archive.js'

const folder = 'leads/mi-tienda-whatsapp-5970d180adf62b28c8630566'
const file = `${folder}/2024-03-01.zip`
const foreign = 'leads/otra-web-5970d180adf62b28c8630567/2024-03-01.zip'
const bytes = Buffer.from('PK, and what is in the file')

let context: TestContext
let gateway: Program
let demo: TestWorkspace
let other: TestWorkspace
let keys: KeysService
let english: TestWorkspace

beforeAll(async () => {
  context = await TestContext.create()
  demo = await context.workspace('demo')
  other = await context.workspace('other')
  english = await context.workspace('english', 'en')
  keys = new KeysService(context.database)
  const { superuser } = context.testDatabase
  await addArchive(superuser, demo.workspace.id, { models: ['leads', 'messages'], accounts: 130, days: 1 })
  await addArchive(superuser, demo.workspace.id, { models: ['messageUsers'], accounts: 1, days: 150 })
  const of = { rows: 1234, size: bytes.length, objectKey: 'build-1/file.zip' }
  await addArchiveFile(superuser, demo.workspace.id, { name: file, day: '2024-03-01', ...of })
  await addArchiveFile(superuser, other.workspace.id, { name: foreign, day: '2024-03-01' })
  const json = 'exports/all/2024-03-02-exp_1234567890abcdef.json'
  await addArchiveFile(superuser, demo.workspace.id, { name: json, day: '2024-03-02', format: 'json' })
  await new ObjectStore(context.config).put('build-1/file.zip', bytes, 'application/zip')
  gateway = await startProgram('gateway', context.env)
}, 60_000)
afterAll(async () => {
  await gateway.stop(10_000)
  await context.close()
})

const visitor = (headers: Record<string, string> = {}) =>
  new ArchiveVisitor(context.config.PUBLIC_URL, headers)
async function loggedIn(headers: Record<string, string> = {}, { appToken } = demo): Promise<ArchiveVisitor> {
  const person = visitor(headers)
  expect((await person.login(appToken)).status).toBe(303)
  return person
}
const issue = (more: { expiresAt?: Date } = {}) =>
  keys.issue(demo.workspace.id, { kind: 'app_token', ownerName: 'x', ownerEmail: 'x@example.com', ...more })
const isPage = ({ headers, text }: Answer, status: number, answered: number) => {
  expect([answered, headers['content-type']]).toEqual([status, 'text/html; charset=utf-8'])
  expect(text).toMatch(/^<!doctype html>/)
}

describe('logging in', () => {
  it('who is not logged in is sent to log in, and comes back to where they wanted to', async () => {
    const person = visitor()
    const asked = await person.get('/archives?folder=leads%2F&from=2024-03-01')
    expect([asked.status, asked.text]).toEqual([303, ''])
    const login = asked.headers['location'] as string
    expect(login).toMatch(/^\/archives\/login\?to=/)
    const page = await person.get(login)
    isPage(page, 200, page.status)
    const to = /name="to" value="([^"]*)"/.exec(page.text)![1]!.replaceAll('&amp;', '&')
    const entered = await person.login(demo.appToken, { to })
    expect([entered.status, entered.headers['location']]).toEqual([
      303,
      '/archives?folder=leads%2F&from=2024-03-01',
    ])
    expect((await person.get('/archives')).status).toBe(200)
  })

  it.each(['//evil.example', 'https://evil.example', '\\evil', '/../x', '"><script>', '\r\nX: y'])(
    'comes back to no other place: %j',
    async (to) => {
      const { headers } = await visitor().login(demo.appToken, { to })
      expect(headers['location']).toMatch(/^\/archives\?[\w%.=+*-]*$/)
      expect(headers['x']).toBeUndefined()
    },
  )

  it('keeps a cookie that no script, no other site and no other path sees, and no token is in', async () => {
    const { headers } = await visitor().login(` ${demo.appToken}\n`)
    const [cookie] = headers['set-cookie'] as string[]
    expect(cookie).toMatch(
      /^leadferry_archives=[\w-]{43}; Path=\/archives; Max-Age=28800; HttpOnly; SameSite=Lax$/,
    )
    expect(cookie).not.toContain(demo.appToken.slice(4))
  })

  it('is refused by a sentence and 401, the same for every token that is none', async () => {
    const revoked = await issue()
    await keys.revoke(demo.workspace.id, revoked.id)
    const expired = await issue({ expiresAt: new Date(Date.now() - 1000) })
    const wrong = ['', 'x', 'app_', revoked.token, expired.token, demo.key, `${demo.appToken}x`, '<b>']
    const answers = []
    for (const token of wrong) {
      const person = visitor({ 'Accept-Language': 'en' })
      const answer = await person.login(token)
      isPage(answer, 401, answer.status)
      expect(answer.text).toContain('That token is not valid')
      expect(person.cookie).toBe('')
      answers.push(answer.text)
    }
    expect(new Set(answers).size).toBe(1)
    expect((await visitor().login('x')).text).toContain('Ese token no es válido')
  })

  it('ends with the token: revoked', async () => {
    const { id, token } = await issue()
    const person = visitor({ 'Accept-Language': 'en' })
    await person.login(token)
    expect((await person.get('/archives')).status).toBe(200)
    await keys.revoke(demo.workspace.id, id)
    const { status, headers } = await person.get('/archives')
    expect([status, headers['location'], person.cookie]).toEqual([303, '/archives/login?ended=1', ''])
    expect((await person.get('/archives/login?ended=1')).text).toContain('Your session has ended')
  })

  it('ends with the token: expired', async () => {
    const { id, token } = await issue()
    const person = visitor()
    await person.login(token)
    expect((await person.get('/archives')).status).toBe(200)
    await context.testDatabase.superuser.query(
      `UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1`,
      [id],
    )
    expect((await person.get('/archives')).headers['location']).toBe('/archives/login?ended=1')
    expect((await person.post('/archives/download', { name: file })).status).toBe(303)
  })

  it('ends by logging out', async () => {
    const person = await loggedIn()
    const { status, headers } = await person.post('/archives/logout', {})
    expect([status, headers['location'], person.cookie]).toEqual([303, '/archives/login', ''])
    expect((await person.get('/archives')).headers['location']).toBe('/archives/login')
  })

  it.each<[string, (value: string) => string]>([
    ['cut', (value) => value.slice(0, -1)],
    ['with another end', (value) => value.slice(0, -2) + (value.slice(0, -1).endsWith('A') ? 'BA' : 'AA')],
    [
      'of the release before',
      () => 'leadferry_archives=key_0123456789abcdef.99999999999.AAAAAAAAAAAAAAAAAAAAAA',
    ],
    ['of nothing', () => 'leadferry_archives='],
    ['of noise', () => 'leadferry_archives=%00%ff..;;; =; a'],
    ['of the token itself', () => `leadferry_archives=${demo.appToken}`],
  ])('a cookie %s opens nothing', async (_, change) => {
    const person = await loggedIn()
    person.cookie = change(person.cookie)
    expect((await person.get('/archives')).headers['location']).toBe('/archives/login?ended=1')
  })

  it('a form of another site is refused, and so is one of nowhere', async () => {
    const person = await loggedIn({ 'Accept-Language': 'en' })
    const host = new URL(context.config.PUBLIC_URL).host
    for (const Origin of ['https://evil.example', 'null', `${context.config.PUBLIC_URL}.evil.example`, '']) {
      for (const path of [
        '/archives/login',
        '/archives/logout',
        '/archives/logout/everywhere',
        '/archives/download',
      ]) {
        const answer = await person.post(path, { token: demo.appToken, name: file }, { Origin })
        isPage(answer, 403, answer.status)
        expect(answer.headers['set-cookie']).toBeUndefined()
      }
    }
    const path = '/archives/logout'
    const { status } = await ask(context.config.PUBLIC_URL, { method: 'POST', path })
    expect(status).toBe(403)
    // Behind another name than PUBLIC_URL the page posts to where it came from.
    const other = { Origin: `http://${host.replace('127.0.0.1', 'localhost')}` }
    const Host = host.replace('127.0.0.1', 'localhost')
    expect((await person.post('/archives/download', { name: file }, { ...other, Host })).status).toBe(303)
  })
})

describe('the pages', () => {
  it('lead from the root to a file by their links', async () => {
    const person = await loggedIn({ 'Accept-Language': 'en' })
    const root = await person.get('/archives')
    for (const name of ['Funnels', 'Leads', 'Users', 'Messages', 'JSON', 'demo'])
      expect(root.text).toContain(name)
    const model = linksIn(root.text).find((link) => link.includes('folder=leads'))!
    const accounts = linksIn((await person.get(model)).text)
    const account = accounts.find((link) => link.includes('mi-tienda'))!
    const { text } = await person.get(account)
    expect(filesIn(text)).toEqual([file])
    for (const said of ['mi-tienda', 'whatsapp', 'March 1, 2024', '1,234', `${bytes.length} B`])
      expect(text).toContain(said)
    for (const crumb of ['/archives', '/archives?folder=leads%2F']) expect(linksIn(text)).toContain(crumb)
  })

  it('come in pages, the latest day first', async () => {
    const person = await loggedIn()
    let path: string | undefined =
      `/archives?folder=${encodeURIComponent('messageUsers/shop-1-web-000000000000000000000001')}`
    const names: string[] = []
    for (let pages = 0; path !== undefined; pages++) {
      const { text, status } = await person.get(path)
      expect([status, pages < 3]).toEqual([200, true])
      names.push(...filesIn(text))
      path = /rel="next" href="([^"]*)"/.exec(text)?.[1]!.replaceAll('&amp;', '&')
    }
    expect(names).toHaveLength(150)
    expect(names).toEqual([...names].sort().reverse())
  })

  it('show other formats where they have files', async () => {
    const person = await loggedIn({ 'Accept-Language': 'en' })
    expect((await person.get('/archives?format=json')).text).toContain('Exports')
    expect(filesIn((await person.get('/archives?format=json&folder=exports%2Fall')).text)).toHaveLength(1)
    expect((await person.get('/archives?format=ndjson')).text).toContain('no files in this format')
    expect((await person.get('/archives?folder=funnels%2F')).text).toContain('This folder is empty')
  })

  it('find files by a day, in all models and accounts', async () => {
    const person = await loggedIn()
    const { text } = await person.get('/archives?from=2024-03-01&to=')
    expect(filesIn(text)).toEqual([file, expect.stringMatching(/^messageUsers\/.*2024-03-01\.zip$/)])
    expect(text).toContain('Archivos del 1 de marzo de 2024')
  })

  it('find files by a range, in every format, or below a folder only', async () => {
    const person = await loggedIn({ 'Accept-Language': 'en' })
    const range = 'from=2024-02-29&to=2024-03-02'
    const everywhere = await person.get(`/archives?${range}`)
    expect(filesIn(everywhere.text)).toHaveLength(5)
    expect(everywhere.text).toContain('Files from February 29, 2024 to March 2, 2024')
    expect(filesIn((await person.get(`/archives?${range}&folder=leads%2F`)).text)).toEqual([file])
    expect((await person.get('/archives?from=1999-01-01')).text).toContain(
      'There are no files of these dates',
    )
  })

  it('find many files page by page', async () => {
    const person = await loggedIn()
    let path: string | undefined = '/archives?from=2024-01-01&to=2024-01-01'
    const names: string[] = []
    for (let pages = 0; path !== undefined; pages++) {
      const { text } = await person.get(path)
      names.push(...filesIn(text))
      path = /rel="next" href="([^"]*)"/.exec(text)?.[1]!.replaceAll('&amp;', '&')
      expect(pages).toBeLessThan(4)
    }
    expect(new Set(names).size).toBe(261)
    expect(names).toHaveLength(261)
  })

  it.each([
    'from=2024-02-30',
    'from=2024-03-02&to=2024-03-01',
    'to=now',
    'from=0000-01-01',
    'from=01/03/2024',
  ])('say what is wrong with %s', async (query) => {
    const answer = await (await loggedIn({ 'Accept-Language': 'en' })).get(`/archives?${query}`)
    isPage(answer, 400, answer.status)
    expect(answer.text).toContain('Check the dates')
  })

  it.each([
    '?format=pdf',
    '?format=constructor',
    '?folder=..%2F',
    '?folder=%00',
    '?folder=a%2F%2Fb',
    '?folder=%C3%B1',
    '?folder=a&folder=b',
    '?folder[]=a',
    '?cursor=x',
    '?cursor=x.y',
    `?from=${'1'.repeat(100)}`,
    `?folder=${'x'.repeat(600)}`,
  ])('a wrong address is a page: %s', async (query) => {
    const person = await loggedIn()
    const answer = await person.get(`/archives${query}`)
    isPage(answer, 400, answer.status)
  })

  it('a cursor is good for its own list and workspace', async () => {
    const next = async (person: ArchiveVisitor, path: string) =>
      /cursor=([\w.%-]+)/.exec((await person.get(path)).text)![1]!
    const person = await loggedIn()
    const cursor = await next(person, '/archives?folder=leads%2F')
    expect((await person.get(`/archives?folder=leads%2F&cursor=${cursor}`)).status).toBe(200)
    expect((await person.get(`/archives?folder=messages%2F&cursor=${cursor}`)).status).toBe(400)
    expect((await person.get(`/archives?from=2024-01-01&cursor=${cursor}`)).status).toBe(400)
    const stranger = await loggedIn({}, other)
    expect((await stranger.get(`/archives?folder=leads%2F&cursor=${cursor}`)).status).toBe(400)
  })

  it.each(['/archives/nothing', '/archives/a/b', '/archives/%00', '/archives/download', '/archives/logout'])(
    'there is no page at %s',
    async (path) => {
      const answer = await (await loggedIn()).get(path)
      isPage(answer, 404, answer.status)
    },
  )

  it('a slash at the end leads to the root', async () => {
    const { status, headers } = await (await loggedIn()).get('/archives/')
    expect([status, headers['location']]).toEqual([303, '/archives'])
  })

  it('speak the language of the browser, else of the workspace', async () => {
    const spanish = await (await loggedIn()).get('/archives')
    expect(spanish.text).toContain('<html lang="es">')
    const { text } = await (await loggedIn({}, english)).get('/archives')
    expect(text).toContain('<html lang="en">')
    expect((await (await loggedIn({ 'Accept-Language': 'es-PE' }, english)).get('/archives')).text).toContain(
      '<html lang="es">',
    )
  })

  it('go into no cache and no index, and run nothing', async () => {
    const person = await loggedIn()
    for (const path of ['/archives', '/archives/login', '/archives?cursor=x', '/archives/nothing']) {
      const { headers } = await person.get(path)
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-robots-tag': 'noindex, nofollow',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      })
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' \S+ \S+; base-uri 'none'; frame-ancestors 'none'$/,
      )
    }
  })

  it('answer HEAD by what GET says of itself', async () => {
    const person = await loggedIn()
    for (const path of ['/archives', `/archives?folder=${folder}`, '/archives/login', '/archives/nothing']) {
      const [get, head] = [await person.get(path), await person.get(path, 'HEAD')]
      expect([head.status, head.text, head.headers['content-length']]).toEqual([
        get.status,
        '',
        get.headers['content-length'],
      ])
    }
  })
})

describe('the button', () => {
  it('leads to the file by a link that is made then', async () => {
    const person = await loggedIn()
    const { status, headers } = await person.post('/archives/download', { name: file })
    expect(status).toBe(303)
    const saved = await fetch(headers['location'] as string)
    expect(Buffer.from(await saved.arrayBuffer())).toEqual(bytes)
    expect(saved.headers.get('content-disposition')).toBe(
      'attachment; filename="leads-mi-tienda-whatsapp-2024-03-01.zip"',
    )
  })

  it("gives nothing of another workspace: the page is that of nobody's file", async () => {
    const person = await loggedIn()
    const answers = []
    for (const name of [foreign, foreign.replace('otra', 'nada')]) {
      const answer = await person.post('/archives/download', { name })
      isPage(answer, 404, answer.status)
      answers.push(answer.text)
    }
    expect(answers[0]).toBe(answers[1])
    const otherFolder = encodeURIComponent(foreign.slice(0, foreign.lastIndexOf('/')))
    expect(filesIn((await person.get(`/archives?folder=${otherFolder}`)).text)).toEqual([])
    expect((await person.get('/archives?from=2024-03-01')).text).not.toContain('otra')
  })

  it('says that a file has expired', async () => {
    const person = await loggedIn({ 'Accept-Language': 'en' })
    const { superuser } = context.testDatabase
    const name = 'exports/all/2024-01-01-exp_00000000000000aa.csv'
    await superuser.query(
      `INSERT INTO exports (id, workspace_id, api_key_id, dataset, format, filter, options, request_hash, recipient_name,
         recipient_email, locale, state, bytes, sha256, object_key, archive_name, expires_at)
       SELECT 'exp_00000000000000aa', workspace_id, id, 'leads', 'csv', '{}', '{}', 'x', 'x', 'x@example.com', 'es', 'completed',
         1, 'x', 'x', $2, now() - interval '1 minute' FROM api_keys WHERE workspace_id = $1 LIMIT 1`,
      [demo.workspace.id, name],
    )
    await addArchiveFile(superuser, demo.workspace.id, { name, day: '2024-01-01', objectKey: 'expired' })
    await superuser.query(`UPDATE archive_files SET export_id = 'exp_00000000000000aa' WHERE name = $1`, [
      name,
    ])
    const answer = await person.post('/archives/download', { name })
    isPage(answer, 410, answer.status)
    expect(answer.text).toContain('no longer available')
  })

  it.each(['', '../x', 'leads', 'x'.repeat(600), 'a\0b'])('refuses the name %j by a page', async (name) => {
    const answer = await (await loggedIn()).post('/archives/download', { name })
    isPage(answer, name === 'leads' ? 404 : 400, answer.status)
  })
})

it('nothing of a token is in the log', async () => {
  await loggedIn()
  const log = gateway.lines.join('\n')
  expect(log).toContain('/archives/login')
  expect(log).not.toContain(demo.appToken.slice(4))
})

// The last one: it spends what the address has.
it('attempts that fail are limited, and what is refused then tells nothing', async () => {
  const revoked = await issue()
  await keys.revoke(demo.workspace.id, revoked.id)
  const person = visitor({ 'Accept-Language': 'en' })
  const open = await loggedIn()
  const statuses = await Promise.all(
    Array.from({ length: 30 }, async () => (await person.login(revoked.token)).status),
  )
  expect(statuses).toContain(429)
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(20)
  const answers = [
    await person.login(demo.appToken),
    await person.login('x'),
    await person.login(revoked.token),
  ]
  expect(answers.map(({ status }) => status)).toEqual([429, 429, 429])
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(answers[0]!.headers['retry-after']).toMatch(/^\d+$/)
  expect(answers[0]!.text).toContain('too many attempts')
  // Who is in already is not held up.
  expect((await open.get('/archives')).status).toBe(200)
})
