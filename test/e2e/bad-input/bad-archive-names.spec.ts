import { Refusals } from '../../support/api/refusals.js'

/** As they stand in the URL. */
const wrongNames: [string, string][] = [
  ['../', '../leads/x.zip'],
  ['../ in the middle', 'leads/../../other/x.zip'],
  ['.. at the end', 'leads/..'],
  ['../, encoded', '%2e%2e%2fleads%2fx.zip'],
  ['../, half encoded', '..%2fleads/x.zip'],
  ['../, doubly encoded', '%252e%252e%252fleads%252fx.zip'],
  ['../, triply encoded', '%25252e%25252e%25252fx.zip'],
  ['../ in overlong UTF-8', '%c0%ae%c0%ae%c0%afx.zip'],
  ['..\\', '..%5cleads%5cx.zip'],
  ['a leading /', '/leads/x.zip'],
  ['a leading /, encoded', '%2fleads%2fx.zip'],
  ['\\', 'leads%5cx.zip'],
  ['//', 'leads//x.zip'],
  ['// at the start', '//leads/x.zip'],
  ['NUL', 'leads/x.zip%00'],
  ['NUL before another extension', 'leads/x.zip%00.csv'],
  ['CRLF', 'leads/x.zip%0d%0aSet-Cookie:%20a=b'],
  ['a URL', 'https://evil.example/x.zip'],
  ['a percent sign', 'leads/100%25.zip'],
  ['over 512 bytes', 'x'.repeat(513)],
  ['over 512 bytes, not characters', '%C3%B1'.repeat(300)],
]
const files = {
  mine: 'leads/api-api-5970d180adf62b28c8630566/2026-01-01.zip',
  others: 'leads/api-api-5970d180adf62b28c8630567/2026-01-01.zip',
  nobodys: 'leads/api-api-5970d180adf62b28c8630568/2026-01-01.zip',
}

let gateway: Refusals
beforeAll(async () => {
  gateway = await Refusals.start()
  const { demo, other, context } = gateway
  for (const [workspaceId, name] of [
    [demo.workspace.id, files.mine],
    [other.workspace.id, files.others],
  ]) {
    await context.testDatabase.superuser.query(
      `INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day)
       VALUES ($1, 'csv', 'leads', 'x', $2, $2, 1, 'x', 1, '2026-01-01')`,
      [workspaceId, name],
    )
  }
}, 60_000)
afterAll(() => gateway.close())

const url = (name: string) => ({ method: 'GET', path: `/demo/archive/url?name=${name}` })
const list = (query: string) => ({ method: 'GET', path: `/demo/archive/list?${query}` })

describe('archive/url', () => {
  it('gives a link to what is there', async () => {
    expect((await gateway.send(url(files.mine))).status).toBe(200)
  })

  it.each(wrongNames)('refuses a name with %s', async (_, name) => {
    await gateway.expectRefused(url(name), { field: 'name' })
  })

  it.each(['name=', 'name=%20', 'name=a&name=b', 'name[]=a', 'name[$ne]=', 'x=1'])(
    'refuses %s',
    async (query) => {
      await gateway.expectRefused({ method: 'GET', path: `/demo/archive/url?${query}` }, { field: 'name' })
    },
  )

  it("another tenant's file answers the bytes of one that nobody has", async () => {
    const refused = { status: 404, code: 'NOT_FOUND', field: 'name' }
    const [others, nobodys] = [
      await gateway.expectRefused(url(files.others), refused),
      await gateway.expectRefused(url(files.nobodys), refused),
    ]
    const anonymous = ({ text, body }: typeof others) => text.replace(body.requestId as string, '')
    expect(anonymous(others)).toBe(anonymous(nobodys))
    const names = ({ headers }: typeof others) => Object.keys(headers)
    expect(names(others)).toEqual(names(nobodys))
    expect(others.headers['content-length']).toBe(nobodys.headers['content-length'])
  })
})

describe('archive/list', () => {
  it.each(wrongNames)('refuses a prefix with %s', async (_, prefix) => {
    await gateway.expectRefused(list(`format=csv&prefix=${prefix}`), { field: 'prefix' })
  })

  it.each(['pdf', 'CSV', 'csv,json', '', 'csv%00', '__proto__', 'constructor'])(
    'refuses the format %j',
    async (format) => {
      await gateway.expectRefused(list(`format=${format}`), { field: 'format' })
    },
  )

  it("shows nothing of another tenant's folders", async () => {
    const prefix = files.others.slice(0, files.others.lastIndexOf('/'))
    const { status, body } = await gateway.send(list(`format=csv&prefix=${prefix}`))
    expect([status, body.objects]).toEqual([200, []])
  })
})

describe('a cursor of archive/list', () => {
  const ofRoot = (workspace: string, more: string) => ({
    method: 'GET',
    path: `/${workspace}/archive/list?format=csv&limit=1${more}`,
  })
  const cursorOf = async (tenant = gateway.demo): Promise<string> => {
    const { body } = await gateway.send(ofRoot(tenant.workspace.codename, ''), tenant)
    return body.next as string
  }
  const refused = { code: 'INVALID_CURSOR', field: 'cursor' }

  it('is good as it is', async () => {
    const { body } = await gateway.send(ofRoot('demo', `&cursor=${await cursorOf()}`))
    expect(body.objects).toHaveLength(1)
  })

  it.each<[string, (cursor: string) => string]>([
    ['altered at its start', (cursor) => `X${cursor.slice(1)}`],
    ['altered at its end', (cursor) => cursor.slice(0, -1) + (cursor.endsWith('A') ? 'Q' : 'A')],
    ['cut', (cursor) => cursor.slice(0, -1)],
    ['with more after it', (cursor) => `${cursor}.x`],
    ['under another prefix', (cursor) => `${cursor}&prefix=leads`],
    ['of nothing', () => ''],
  ])('%s is refused', async (_, change) => {
    await gateway.expectRefused(ofRoot('demo', `&cursor=${change(await cursorOf())}`), refused)
  })

  it("and another tenant's is refused", async () => {
    await gateway.expectRefused(ofRoot('demo', `&cursor=${await cursorOf(gateway.other)}`), refused)
  })
})

it.each([
  ['exports', 'format', { dataset: 'leads', format: 'pdf' }],
  ['exports', 'format', { dataset: 'leads', format: 'constructor' }],
  ['exports', 'dataset', { dataset: '__proto__', format: 'csv' }],
])('%s refuses an unknown %s in %j', async (path, field, body) => {
  const call = { method: 'POST', path: `/${path}`, headers: { 'Content-Type': 'application/json' } }
  await gateway.expectRefused({ ...call, body: JSON.stringify(body) }, { field })
})

it.each(['pdf', 'ndjson', '', 'CSV'])('lead/export refuses the exportType %j', async (exportType) => {
  const path = `/demo/lead/export?funnel=funnel&funnelGroup=Group&bot=asistente&exportType=${exportType}`
  await gateway.expectRefused({ method: 'GET', path }, { field: 'exportType' })
})
