import { connect } from 'node:net'
import { KeysService } from '#tenancy'
import { type Answer, ask, type Call, exchange } from '../support/api/http.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'

/** Of each kind: 3.9 MB, less than a batch of events may have. */
const BRACKETS = 1_950_000
const brackets = `{"events":[${'['.repeat(BRACKETS)}${']'.repeat(BRACKETS)}]}`
const keys = (count: number) => Array.from({ length: count }, (_, i) => `"${i.toString(36)}":1`).join()

let context: TestContext
let gateway: Program
let demo: TestWorkspace
let other: TestWorkspace
/** Of demo, with the scope archives:read alone. */
let archivesKey: string
let origin: string

beforeAll(async () => {
  context = await TestContext.create()
  demo = await context.workspace('demo')
  other = await context.workspace('other')
  const owner = { ownerName: 'Ana', ownerEmail: 'ana@example.com' }
  const issued = { kind: 'api_key', scopes: ['archives:read'], ...owner } as const
  archivesKey = (await new KeysService(context.database).issue(demo.workspace.id, issued)).token
  origin = context.config.PUBLIC_URL
  gateway = await startProgram('gateway', { ...context.env, NODE_OPTIONS: '--max-old-space-size=256' })
}, 60_000)
afterAll(async () => {
  await gateway.stop(10_000)
  await context.close()
})

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` })
const json = { 'Content-Type': 'application/json' }
const events = (body: string | Buffer, key = demo.key, type = json['Content-Type']): Call => ({
  method: 'POST',
  path: '/api/v1/demo/events',
  headers: { ...bearer(key), 'Content-Type': type },
  body,
})
const isWell = async () => {
  const { status } = await ask(origin, { method: 'GET', path: '/api/v1/leads', headers: bearer(other.key) })
  expect(status).toBe(200)
}

describe('a request that is refused is answered before a byte of its body has come', () => {
  const form = 'Content-Type: application/x-www-form-urlencoded'
  const cases: [string, number, string, () => string[]][] = [
    ['without a key', 401, 'POST /api/v1/demo/events', () => []],
    ['of another workspace', 404, 'POST /api/v1/other/events', () => [`Authorization: Bearer ${demo.key}`]],
    ['without the scope', 403, 'POST /api/v1/demo/events', () => [`Authorization: Bearer ${archivesKey}`]],
    ['without the scope', 403, 'POST /api/v1/leads', () => [`Authorization: Bearer ${archivesKey}`]],
    ['without the scope', 403, 'PATCH /api/v1/leads/lead_1', () => [`Authorization: Bearer ${archivesKey}`]],
    ['without the scope', 403, 'GET /api/v1/get-leads', () => [`Authorization: Bearer ${archivesKey}`]],
    ['on no route', 404, 'POST /api/v1/demo/nothing', () => [`Authorization: Bearer ${demo.key}`]],
    ['on no route', 404, 'POST /nothing', () => []],
    ['of another origin', 403, 'POST /archives/login', () => [form, 'Origin: https://evil.example']],
    ['without an origin', 403, 'POST /archives/logout', () => [form]],
    ['without a session', 303, 'POST /archives/download', () => [form, `Origin: ${origin}`]],
  ]
  it.each(cases)('%s: %d to %s', async (_, status, line, headers) => {
    const head = [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', 'Content-Length: 8000']
    const type = headers().includes(form) ? [] : ['Content-Type: application/json']
    const answer = await exchange(origin, [...head, ...type, ...headers(), '', ''].join('\r\n'))
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })

  it.each([
    ['POST /archives/login', 8192, () => [form, `Origin: ${origin}`]],
    ['POST /api/v1/leads', 262_144, () => [`Authorization: Bearer ${demo.key}`]],
    ['GET /api/v1/leads', 16_384, () => [`Authorization: Bearer ${demo.key}`]],
    ['POST /api/v1/demo/events', 4_000_000, () => [`Authorization: Bearer ${demo.key}`]],
  ])('larger than the limit of %s, which is %d bytes: 413', async (line, limit, headers) => {
    const head = [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', `Content-Length: ${limit + 1}`]
    const answer = await exchange(origin, [...head, ...headers(), '', ''].join('\r\n'))
    expect(answer).toMatch(/^HTTP\/1.1 413 /)
    expect(answer).toContain(`The body must have at most ${limit} bytes`)
  })

  it('and one that comes in chunks is told the limit too', async () => {
    const headers = { ...json, ...bearer(demo.key) }
    const call = { method: 'POST', path: '/api/v1/leads', headers, body: ' '.repeat(262_145), chunked: true }
    const { status, body } = await ask(origin, call)
    expect([status, body.message]).toEqual([413, 'The body must have at most 262144 bytes'])
  })
})

describe('Expect: 100-continue', () => {
  const lead = JSON.stringify({ name: 'Ana', email: 'ana@example.com' })

  /** What the server writes, and who is told to go on sends the body. */
  async function answered(key: string): Promise<string> {
    const { hostname, port } = new URL(origin)
    const socket = connect(Number(port), hostname)
    let text = ''
    socket.on('data', (piece) => (text += piece.toString()))
    const head = [
      'POST /api/v1/leads HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${key}`,
      'Content-Type: application/json',
      `Content-Length: ${lead.length}`,
      'Expect: 100-continue',
    ]
    socket.write([...head, '', ''].join('\r\n'))
    await until('an answer', () => text !== '')
    if (text.startsWith('HTTP/1.1 100')) {
      socket.write(lead)
      await until('the lead', () => text.includes('HTTP/1.1 201'))
    }
    socket.destroy()
    return text
  }

  it('is answered to who may send the body', async () => {
    await expect(answered(demo.key)).resolves.toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 201/)
  })
  it('is not answered to who may not', async () => {
    await expect(answered(archivesKey)).resolves.toMatch(/^HTTP\/1.1 403/)
  })
  it.each([
    ['lacks the scope', 403, 'POST /api/v1/leads', 100, () => archivesKey],
    ['sends a body over the limit', 413, 'POST /api/v1/leads', 262_145, () => demo.key],
    ['sends a body to a route that reads none', 413, 'GET /api/v1/leads', 16_385, () => demo.key],
    ['asks for an unknown path', 404, 'POST /api/v1/nothing', 100, () => demo.key],
  ])('a client that %s gets %d with Connection: close', async (_, status, line, length, key) => {
    const head = [`${line} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${key()}`]
    const body = ['Content-Type: application/json', `Content-Length: ${length}`, 'Expect: 100-continue']
    const answer = await exchange(origin, [...head, ...body, '', ''].join('\r\n'))
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toMatch(/\r\nconnection: close\r\n/i)
  })
})

describe('a gateway with a heap of 256 MB', () => {
  it('refuses four connections that post brackets without the right to, and serves the others', async () => {
    const attack = async () => {
      for (let i = 0; i < 5; i++) expect((await ask(origin, events(brackets, archivesKey))).status).toBe(403)
    }
    await Promise.all([...Array.from({ length: 4 }, attack), ...Array.from({ length: 5 }, isWell)])
  })

  it.each<[string, string, object]>([
    ['brackets in an event', brackets, { field: 'events', message: 'Has more than 400000 keys and values' }],
    ['brackets that are never closed', '['.repeat(3_999_999), { message: 'The body ends too early' }],
    [
      'brackets beside the events',
      `{"foo":${brackets.slice(11, -2)}]}`,
      { field: 'foo', message: 'Is nested deeper than 32 levels' },
    ],
    [
      'objects in each other',
      `{"events":[${'{"a":'.repeat(600_000)}1${'}'.repeat(600_000)}]}`,
      { field: 'events', message: 'Has more than 150000 keys' },
    ],
    ['keys', `{${keys(400_000)}}`, { message: 'The body has more than 150000 keys' }],
    ['keys of an event', `{"events":[{${keys(400_000)}}]}`, { field: 'events' }],
    ['keys of 1,000 events', `{"events":[${`{${keys(400)}},`.repeat(1000)}1]}`, { field: 'events' }],
    ['numbers', `{"events":[${'0,'.repeat(1_950_000)}0]}`, { field: 'events' }],
  ])('says 400 to four bodies of 4 MB of %s at once', async (_, body, details) => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask(origin, events(body))))
    const told = ({ status, body }: Answer) => [status, body.details]
    for (const answer of answers) expect(told(answer)).toEqual([400, expect.objectContaining(details)])
    await isWell()
  })

  it.each([
    ['escapes', `"${'\\n'.repeat(1_900_000)}"`],
    ['digits', '1'.repeat(3_900_000)],
    ['one text', `"${'x'.repeat(3_900_000)}"`],
  ])('rejects one event of 4 MB of %s', async (_, event) => {
    const { status, body } = await ask(origin, events(`{"events":[${event}]}`))
    expect([status, body.rejected]).toEqual([200, 1])
    await isWell()
  })

  it.each(['application/json', 'application/x-ndjson'])(
    'rejects an event that is over its budget alone: %s',
    async (type) => {
      const bad = [`{"user":{${keys(250)}}}`, `{"id":[${'0,'.repeat(1000)}0]}`, `{${keys(251)}}`]
      const items = [...bad, '{"id":"last"}']
      const body = type === 'application/json' ? `{"events":[${items.join()}]}` : items.join('\n')
      const answer = await ask(origin, events(body, demo.key, type))
      expect([answer.status, answer.body.rejected]).toEqual([200, 4])
      const told = (answer.body.events as { error: unknown }[]).map(({ error }) => error)
      expect(told.slice(0, 3)).toMatchObject([
        { field: 'user', message: 'Has more than 250 keys' },
        { field: 'id', message: 'Has more than 1000 keys and values' },
        { field: null, message: expect.stringMatching(/[Hh]as more than 250 keys$/) },
      ])
      expect(answer.body.events[3]).toMatchObject({ id: 'last', error: { field: 'type' } })
    },
  )

  it('refuses a form of more fields than a form has, and counts the attempt before it reads one', async () => {
    const login = (body: string) =>
      ask(origin, {
        method: 'POST',
        path: '/archives/login?to=folder%3Dleads',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin },
        body,
      })
    expect((await login('a=1&'.repeat(20))).status).toBe(400)
    // With the one above and the one of 413, twenty have been made then.
    const statuses = []
    for (let i = 0; i < 20; i++) statuses.push((await login('a&'.repeat(30_000))).status)
    expect(statuses).toEqual([...Array<number>(18).fill(413), 429, 429])
    expect((await login(`token=${demo.appToken}`)).text).toContain('name="to" value="folder=leads"')
  })
})
