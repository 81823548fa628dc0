import { exchange } from '../../support/api/http.js'
import { json, Refusals, type Refused } from '../../support/api/refusals.js'

let gateway: Refusals
beforeAll(async () => {
  gateway = await Refusals.start()
}, 60_000)
afterAll(() => gateway.close())

const refuse = (method: string, path: string, body: unknown, refused: Refused) =>
  gateway.expectRefused(
    { method, path, ...(body === undefined ? {} : json(body)) },
    refused,
    gateway.sendAdmin,
  )

interface Endpoint {
  path: string
  valid: Record<string, unknown>
  /** Name, the field that is named, and what differs from a body that would be taken. */
  items: [string, string, object][]
}

/** What is wrong for a text that must say something. */
const texts = (field: string): Endpoint['items'] => [
  [`a ${field} that is absent`, field, { [field]: undefined }],
  [`a ${field} that is null`, field, { [field]: null }],
  [`a ${field} that is empty`, field, { [field]: '' }],
  [`a ${field} of white space`, field, { [field]: ' \t' }],
  [`a ${field} of over 200 characters`, field, { [field]: 'x'.repeat(201) }],
  [`a ${field} that is a list`, field, { [field]: ['x'] }],
  [`a ${field} with NUL`, field, { [field]: 'a\0b' }],
  [`a ${field} with a lone surrogate`, field, { [field]: 'a\ud800' }],
  ...[
    '\r\nBcc: evil@example.com',
    '\n',
    '\t',
    '\u001b[0m',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u2029',
    '\u202e',
    '\u2066',
  ].map((control): Endpoint['items'][number] => [
    `a ${field} with ${JSON.stringify(control)}`,
    field,
    { [field]: `a${control}b` },
  ]),
]
const addresses = (field: string): Endpoint['items'] =>
  [
    '',
    'nobody',
    'a@x.example,b@x.example',
    'a@x.example\r\nBcc: b@x.example',
    'A <a@x.example>',
    1,
    null,
  ].map((email) => [`the ${field} ${JSON.stringify(email)}`, field, { [field]: email }])
const group = (more: object) => ({ groups: [{ name: 'g', interactions: ['a'], ...more }] })

/** What is wrong for a number between bounds. */
const numbers = (field: string, max: number): Endpoint['items'] =>
  [0, -1, 1.5, max + 1, 1e300, '30', '', true, null, [1]].map((value) => [
    `the ${field} ${JSON.stringify(value)}`,
    field,
    { [field]: value },
  ])
const limits = [
  ...numbers('retentionDays', 3650),
  ...numbers('maxRunningExports', 1000),
  ...numbers('maxWaitingExports', 1_000_000),
  ...numbers('maxAccounts', 1_000_000),
]

const endpoints: Endpoint[] = [
  {
    path: '/workspaces',
    valid: { codename: 'fresh', name: 'Fresh' },
    items: [
      ...texts('name'),
      ...[
        '',
        'UPPER',
        'with space',
        'ñ',
        'a/b',
        '..',
        'fresh\n',
        'a\0',
        'x'.repeat(65),
        'leads',
        null,
        7,
      ].map((codename): Endpoint['items'][number] => [
        `the codename ${JSON.stringify(codename)}`,
        'codename',
        { codename },
      ]),
      ['a codename that is taken', 'codename', { codename: 'demo' }],
      ['a locale that there is not', 'locale', { locale: 'fr' }],
      ['a time zone that there is not', 'timeZone', { timeZone: 'Mars/Base' }],
      ['an offset for a time zone', 'timeZone', { timeZone: '+05:00' }],
      ...limits,
      ['an id of its own choice', 'id', { id: 'ws_0000000000000000' }],
    ],
  },
  {
    path: '/workspaces/demo/keys',
    valid: { ownerName: 'Ana', ownerEmail: 'ana@example.com' },
    items: [
      ...texts('ownerName'),
      ...addresses('ownerEmail'),
      ['a kind that there is not', 'kind', { kind: 'root' }],
      ['no scopes', 'scopes', { scopes: [] }],
      ['scopes that are text', 'scopes', { scopes: 'leads:read' }],
      ['scopes that are null', 'scopes', { scopes: null }],
      ['a scope that there is not', 'scopes.1', { scopes: ['leads:read', 'leads:delete'] }],
      ['a scope that is __proto__', 'scopes.0', { scopes: ['__proto__'] }],
      ['a scope twice', 'scopes', { scopes: ['leads:read', 'leads:read'] }],
      ['scopes of an app token', 'scopes', { kind: 'app_token', scopes: ['archives:read'] }],
      ...[
        '2020-01-01T00:00:00Z',
        '2030-01-01',
        '2030-02-30T00:00:00Z',
        '2030-01-01T24:00:00Z',
        '2030-01-01T00:00:00',
        'infinity',
        'now',
        '',
        1,
        null,
      ].map((expiresAt): Endpoint['items'][number] => [
        `the expiry ${JSON.stringify(expiresAt)}`,
        'expiresAt',
        { expiresAt },
      ]),
      ['a token of its own choice', 'token', { token: 'sk-workspace_x' }],
    ],
  },
  {
    path: '/workspaces/demo/chatbots',
    valid: { name: 'new', ownerUserId: 'u' },
    items: [
      ...texts('name'),
      ...texts('ownerUserId'),
      ['a name that is taken', 'name', { name: 'asistente' }],
      ['isDefault', 'isDefault', { isDefault: true }],
    ],
  },
  {
    path: '/workspaces/demo/funnels',
    valid: { name: 'new', interactions: ['a'] },
    items: [
      ...texts('name'),
      ['the name __proto__', 'name', { name: '__proto__' }],
      ['a name of digits', 'name', { name: '007' }],
      ['a name that is taken', 'name', { name: 'funnel' }],
      ['interactions that are absent', 'interactions', { interactions: undefined }],
      ['interactions that are text', 'interactions', { interactions: 'a' }],
      ['no interactions', 'interactions', { interactions: [] }],
      ['an interaction twice', 'interactions', { interactions: ['a', 'a'] }],
      ['an interaction that is a number', 'interactions.1', { interactions: ['a', 1] }],
      ['an interaction with NUL', 'interactions.0', { interactions: ['a\0'] }],
      [
        'over 200 interactions',
        'interactions',
        { interactions: Array.from({ length: 201 }, (_, n) => `${n}`) },
      ],
      ['groups that are null', 'groups', { groups: null }],
      [
        'over 100 groups',
        'groups',
        { groups: Array.from({ length: 101 }, (_, n) => ({ name: `${n}`, interactions: ['a'] })) },
      ],
      ['a group twice', 'groups', { groups: [1, 2].map(() => ({ name: 'g', interactions: ['a'] })) }],
      ['a group without a name', 'groups.0.name', group({ name: undefined })],
      ['a group with NUL in its name', 'groups.0.name', group({ name: '\0' })],
      ['a group with an alien interaction', 'groups.0.interactions', group({ interactions: ['b'] })],
      ['a group that starts anew after no hour', 'groups.0.newAt', group({ newAt: 0 })],
      ['a group that starts anew after half an hour', 'groups.0.newAt', group({ newAt: 0.5 })],
      ['a group that starts anew after over a year', 'groups.0.newAt', group({ newAt: 8761 })],
      ['a group that starts anew after a text', 'groups.0.newAt', group({ newAt: '24' })],
      ['a group that counts "yes"', 'groups.0.doubleCounting', group({ doubleCounting: 'yes' })],
      ['a group with an unknown field', 'groups.0.id', group({ id: 'x' })],
    ],
  },
  { path: '/workspaces/demo/recipients', valid: { email: 'new@example.com' }, items: addresses('email') },
]

describe.each(endpoints)('POST $path', ({ path, valid, items }) => {
  it.each(items)('refuses %s', async (_, field, changes) => {
    await refuse('POST', path, { ...valid, ...changes }, { field })
  })

  it.each([
    ['nothing', '', {}],
    ['a list', '[]', {}],
    ['null', 'null', {}],
    ['half of it', '{"name":', { code: 'INVALID_JSON' }],
    ['an unknown field', JSON.stringify({ ...valid, foo: 1 }), { field: 'foo' }],
    ['a duplicate key', `{"foo":1,"foo":1}`, { field: 'foo' }],
    ['__proto__', '{"__proto__":{}}', { field: '__proto__' }],
    [
      'over 256 KB',
      JSON.stringify({ ...valid, foo: 'x'.repeat(262_144) }),
      { status: 413, code: 'PAYLOAD_TOO_LARGE' },
    ],
  ] as [string, string, Refused][])('refuses a body of %s', async (_, body, refused) => {
    await refuse('POST', path, body, refused)
  })

  it('says 401 before it looks at any of this', async () => {
    for (const Authorization of ['', 'Bearer x', `Bearer ${gateway.demo.key}`]) {
      const call = {
        method: 'POST',
        path,
        headers: { 'Content-Type': 'text/plain', Authorization },
        body: '{',
      }
      await gateway.expectRefused(call, { status: 401, code: 'UNAUTHORIZED' }, gateway.sendAdmin)
    }
  })
})

describe('PATCH a workspace', () => {
  it.each<[string, string, object]>([
    ...texts('name').slice(1),
    ...limits,
    ['a locale that there is not', 'locale', { locale: 'fr' }],
    ['a locale that is null', 'locale', { locale: null }],
    ['another codename', 'codename', { codename: 'other-name' }],
    // What a day is to a workspace is settled when it is made.
    ['another time zone', 'timeZone', { timeZone: 'America/Lima' }],
  ])('refuses %s, and changes nothing', async (_, field, changes) => {
    const before = await gateway.sendAdmin({ method: 'GET', path: '/workspaces' })
    await refuse('PATCH', '/workspaces/demo', { maxRunningExports: 7, ...changes }, { field })
    expect((await gateway.sendAdmin({ method: 'GET', path: '/workspaces' })).body).toEqual(before.body)
  })

  it('changes what is given, and nothing else', async () => {
    const patch = async (body: object) => {
      const { status, body: workspace } = await gateway.sendAdmin({
        method: 'PATCH',
        path: '/workspaces/other',
        ...json(body),
      })
      expect(status).toBe(200)
      return workspace
    }
    const before = await patch({})
    expect(before).toMatchObject({
      retentionDays: 30,
      maxRunningExports: 2,
      maxWaitingExports: 1000,
      maxAccounts: 10_000,
    })
    const settings = { name: 'Другой', locale: 'en', retentionDays: 3650, maxRunningExports: 1000 }
    expect(await patch(settings)).toEqual({ ...before, ...settings })
    expect(await patch({ maxWaitingExports: 1 })).toEqual({ ...before, ...settings, maxWaitingExports: 1 })
    const { body } = await gateway.sendAdmin({ method: 'GET', path: '/workspaces' })
    expect(body.data).toContainEqual({ ...before, ...settings, maxWaitingExports: 1 })
  })

  it('settings may be given when it is made', async () => {
    const workspace = { codename: 'kept-long', name: 'Kept', retentionDays: 365, maxWaitingExports: 5 }
    const { status, body } = await gateway.sendAdmin({
      method: 'POST',
      path: '/workspaces',
      ...json(workspace),
    })
    expect([status, body]).toEqual([201, expect.objectContaining({ ...workspace, maxRunningExports: 2 })])
  })
})

describe('PATCH a funnel', () => {
  const path = '/workspaces/demo/funnels/funnel'

  it.each<[string, string, object]>([
    ['no interactions', 'interactions', { interactions: [] }],
    ['an interaction twice', 'interactions', { interactions: ['a', 'a'] }],
    ['interactions without one that a group has', 'interactions', { interactions: ['nothing of theirs'] }],
    ['a group with an alien interaction', 'interactions', group({ interactions: ['alien'] })],
    ['a group that starts anew after no hour', 'groups.0.newAt', group({ newAt: 0 })],
    ['another name', 'name', { name: 'other' }],
  ])('refuses %s', async (_, field, changes) => {
    await refuse('PATCH', path, changes, { field })
  })

  it.each(['nobody', '__proto__', 'x'.repeat(3000)])('%s, which there is not, is 404', async (name) => {
    const refused = { status: 404, code: 'NOT_FOUND', field: 'name' }
    await refuse('PATCH', `/workspaces/demo/funnels/${name}`, {}, refused)
  })
})

describe('a codename in a path', () => {
  const calls = [
    ['GET', 'keys', undefined],
    ['DELETE', 'keys/key_0000000000000000', undefined],
    ...endpoints.slice(1).map(({ path, valid }) => ['POST', path.split('/')[3]!, valid] as const),
  ] as const

  it.each(calls)('%s …/%s: that nobody has is 404', async (method, rest, body) => {
    for (const codename of [
      'nobody',
      '__proto__',
      'DEMO',
      'demo%2f',
      '%ff',
      '%F0%9F%92%80',
      "'",
      'x'.repeat(3000),
    ]) {
      const refused = { status: 404, code: 'NOT_FOUND', field: 'codename' }
      await refuse(method, `/workspaces/${codename}/${rest}`, body, refused)
    }
    await refuse(method, `/workspaces/%00/${rest}`, body, { field: 'codename' })
  })

  it('PATCH: that nobody has is 404', async () => {
    const refused = { status: 404, code: 'NOT_FOUND', field: 'codename' }
    for (const codename of ['nobody', '__proto__', 'DEMO', 'demo%2f', "'", 'x'.repeat(3000)])
      for (const body of [{}, { retentionDays: 1 }])
        await refuse('PATCH', `/workspaces/${codename}`, body, refused)
    await refuse('PATCH', '/workspaces/%00', {}, { field: 'codename' })
  })

  it.each(['nope', 'key_0000000000000000', '..%2F..', 'x'.repeat(3000)])('a key %s is 404', async (id) => {
    const refused = { status: 404, code: 'NOT_FOUND', field: 'id' }
    await refuse('DELETE', `/workspaces/demo/keys/${id}`, undefined, refused)
  })

  it("another workspace's key is 404, and stays good", async () => {
    const { body } = await gateway.sendAdmin({ method: 'GET', path: '/workspaces/other/keys' })
    const refused = { status: 404, code: 'NOT_FOUND', field: 'id' }
    await refuse('DELETE', `/workspaces/demo/keys/${body.data[0].id}`, undefined, refused)
    expect((await gateway.send({ method: 'GET', path: '/exports' }, gateway.other)).status).toBe(200)
  })
})

it.each([
  ['DELETE', '/workspaces', 'GET, HEAD, OPTIONS, POST'],
  ['GET', '/workspaces/demo/funnels', 'OPTIONS, POST'],
  ['PUT', '/workspaces/demo/keys/key_1', 'DELETE, OPTIONS'],
])('%s %s is 405 and says what is allowed', async (method, path, allow) => {
  const call = { method, path, ...json('{') }
  const refused = { status: 405, code: 'METHOD_NOT_ALLOWED' }
  const { headers } = await gateway.expectRefused(call, refused, gateway.sendAdmin)
  expect(headers['allow']).toBe(allow)
})

it('CONNECT is closed without a byte', async () => {
  const { ADMIN_PORT, ADMIN_TOKEN } = gateway.context.config
  const bytes = `CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n\r\n`
  expect(await exchange(`http://127.0.0.1:${ADMIN_PORT}`, bytes)).toBe('')
})

it('two creates of one name at once make one', async () => {
  for (const { path, valid } of endpoints.filter((endpoint) => 'name' in endpoint.valid)) {
    const call = { method: 'POST', path, ...json(valid) }
    const answers = await Promise.all([1, 2, 3, 4].map(() => gateway.sendAdmin(call)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400])
  }
})

it('names that are keys of every object are names like others', async () => {
  const workspace = { codename: 'constructor', name: '__proto__' }
  const groups = ['__proto__', '1', 'toString'].map((name) => ({ name, interactions: ['__proto__'] }))
  const funnel = { name: 'hasOwnProperty', interactions: ['__proto__'], groups }
  for (const [path, body] of [
    ['/workspaces', workspace],
    ['/workspaces/constructor/chatbots', { name: '__proto__', ownerUserId: '1' }],
    ['/workspaces/constructor/funnels', funnel],
  ] as const) {
    expect((await gateway.sendAdmin({ method: 'POST', path, ...json(body) })).status).toBe(201)
  }
  const owner = { ownerName: 'constructor', ownerEmail: 'a@x.example' }
  const key = await gateway.sendAdmin({
    method: 'POST',
    path: '/workspaces/constructor/keys',
    ...json(owner),
  })
  const caller = { ...gateway.demo, key: key.body.token as string }
  const { body } = await gateway.send({ method: 'GET', path: '/constructor/lead/funnels' }, caller)
  expect(body.funnels).toMatchObject({ hasOwnProperty: { interactions: ['__proto__'], groups } })
})
