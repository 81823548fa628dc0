import { filterFields } from '../../../apps/gateway/src/exports/filter-fields.js'
import { datasets } from '#leads'
import { WorkspacesService } from '#tenancy'
import { json, Refusals } from '../../support/api/refusals.js'
import { aliasCreate, creates, getLeads, patches } from './bodies.js'
import {
  conversationLists,
  eventLists,
  exportOf,
  type FilteredEndpoint,
  interactions,
  leadLists,
} from './filters.js'

const lead = { name: 'John Doe', email: 'john.doe@example.com' }
const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]))

/** Name, the field that is named, and what differs from a lead that would be taken, as JSON. */
const items: [string, string, object | string][] = [
  ['a name that is null', 'name', { name: null }],
  ['a name of over 200 characters', 'name', { name: '😀'.repeat(201) }],
  ['a name that is empty', 'name', { name: '' }],
  ['a name of white space', 'name', { name: ' \t\n\u00a0\u3000' }],
  ['a name of zero-width characters', 'name', { name: '\u200b\u200d\u2060\ufeff\u00ad' }],
  ['a name that is a number', 'name', { name: 42 }],
  ['a name that is a list', 'name', { name: ['John'] }],
  ['an email that is null', 'email', { email: null }],
  ['an email that is empty', 'email', { email: '' }],
  ['an email of over 254 characters', 'email', { email: `a@${'x.'.repeat(130)}com` }],
  ['a name with CRLF', 'name', { name: 'John\r\nBcc: evil@example.com' }],
  ['a name with a tab', 'name', { name: 'John\tDoe' }],
  ['a name with a C1 control', 'name', { name: 'John\u0085Doe' }],
  ['a name with a paragraph separator', 'name', { name: 'John\u2029Doe' }],
  ['an email with CRLF', 'email', { email: 'john@example.com\r\nBcc: evil@example.com' }],
  ['an email with LF at its end', 'email', { email: 'john@example.com\n' }],
  ['an email that is two', 'email', { email: 'john@example.com,jane@example.com' }],
  ['an email that is a list', 'email', { email: ['john@example.com'] }],
  ['an email that is a group', 'email', { email: 'all: john@example.com;' }],
  ['an email with a display name', 'email', { email: 'John <john@example.com>' }],
  ['an email in brackets', 'email', { email: '<john@example.com>' }],
  ['an email with NUL', 'email', { email: 'john@example.com\0' }],
  ['an email that is an object', 'email', { email: { $ne: '' } }],
  ['an id that is an object', 'id', { id: { $gt: '' } }],
  ['an id that is a bigint', 'id', '"id":123456789012345678901234567890'],
  ['an _id', '_id', { _id: '5d7bfc1298317f98fa111f99' }],
  ['a workspace of its own choice', 'workspaceId', { workspaceId: 'ws_other' }],
  ['a time of its own choice', 'createdAt', { createdAt: '2020-01-01T00:00:00Z' }],
  ['a status outside the list', 'status', { status: 'sold' }],
  ['a status in other case', 'status', { status: 'New' }],
  ['a status that is a number', 'status', { status: 0 }],
  ['a status that is null', 'status', { status: null }],
  ['a phone of over 64 characters', 'phone', { phone: '1'.repeat(65) }],
  ['a phone that is a number', 'phone', { phone: 15551234567 }],
  ['a source of over 200 characters', 'source', { source: 'x'.repeat(201) }],
  ['metadata that is a list', 'metadata', { metadata: [] }],
  ['metadata that is text', 'metadata', { metadata: '{}' }],
  ['metadata that is null', 'metadata', { metadata: null }],
  ['metadata over 16 KB', 'metadata', { metadata: { a: 'x'.repeat(16_384) } }],
  ['metadata over 16 KB in bytes, not in characters', 'metadata', { metadata: { a: 'ñ'.repeat(8192) } }],
  ['metadata of over 100 keys', 'metadata', { metadata: keys(101) }],
  ['metadata with a key of over 200 characters', 'metadata', { metadata: { ['k'.repeat(201)]: 1 } }],
  ['metadata with NUL in a key', 'metadata', { metadata: { 'a\0': 1 } }],
  ['metadata with NUL in a value', 'metadata.a.b.0', { metadata: { a: { b: ['\0'] } } }],
  ['metadata with a lone surrogate in a key', 'metadata.a', '"metadata":{"a":{"\\ud800":1}}'],
  ['metadata with a lone surrogate in a value', 'metadata.a', '"metadata":{"a":"\\udc00x"}'],
  ['metadata with 1e400', 'metadata', '"metadata":{"a":[1e400]}'],
  ['metadata with a number past 2^53', 'metadata', '"metadata":{"a":9007199254740993}'],
]

/** Of a lead that is created; one that is changed keeps what it has. */
const absent: typeof items = [
  ['a name that is absent', 'name', { name: undefined }],
  ['an email that is absent', 'email', { email: undefined }],
]

/** Taken as they are: nothing is trimmed, normalised or defused on the way in. */
const untouched: [string, string][] = [
  ['emoji with joiners', '👩‍👩‍👧‍👦 🏳️‍🌈 🇵🇪 👍🏽'],
  ['right-to-left', 'مريم שלום \u202eabc\u202c'],
  ['NFC', 'Zo\u00eb Pe\u00f1a'],
  ['NFD', 'Zoe\u0308 Pen\u0303a'],
  ['a formula', '=1+1'],
  ['markup', '<script>alert(1)</script>'],
  ['SQL', "Robert'); DROP TABLE leads;--"],
  ['padding', '  John  '],
  ['200 characters', '😀'.repeat(200)],
]

let gateway: Refusals
beforeAll(async () => {
  gateway = await Refusals.start()
  const second = { name: 'second', ownerUserId: 'user-2' }
  await new WorkspacesService(gateway.context.database).addChatbot(gateway.demo.workspace.id, second)
}, 60_000)
afterAll(() => gateway.close())

/** The lead with its changes, as JSON. */
const changed = (changes: object | string) =>
  typeof changes === 'string'
    ? `{"name":"John Doe","email":"john.doe@example.com",${changes}}`
    : { ...lead, ...changes }

describe.each([...creates, ...patches])('$name', ({ method, path }) => {
  it.each(items)('refuses %s', async (_, field, changes) => {
    await gateway.expectRefused({ method, path: path(gateway), ...json(changed(changes)) }, { field })
  })
})

describe.each(creates)('$name', ({ name: endpoint, method, path }) => {
  const send = (body: unknown) => gateway.send({ method, path: path(gateway), ...json(body) })

  it.each(absent)('refuses %s', async (_, field, changes) => {
    await gateway.expectRefused({ method, path: path(gateway), ...json(changed(changes)) }, { field })
  })

  it.each(untouched)('takes %s untouched', async (item, text) => {
    const email = `${endpoint}.${item}`.replace(/[^a-z0-9.]+/gi, '-').concat('@example.com')
    const metadata = { [text]: text, constructor: text, prototype: { toString: [text] } }
    const created = await send({ name: text, email, source: text, metadata })
    expect(created.status).toBe(201)
    expect(created.body.data).toMatchObject({ name: text, email, source: text, metadata })
    expect(Object.keys(created.body.data.metadata as object).sort()).toEqual(Object.keys(metadata).sort())

    const listed = await gateway.send({
      method: 'GET',
      path: `/get-leads?chatbotId=${gateway.demo.chatbot.id}&size=1`,
    })
    expect(listed.body.data[0]).toMatchObject({ lead_id: created.body.data.id, name: text, email })
    const { rows } = await gateway.context.testDatabase.superuser.query<{ bytes: Buffer; kept: object }>(
      `SELECT convert_to(name, 'UTF8') AS bytes, metadata AS kept FROM leads WHERE email = $1`,
      [email],
    )
    expect(rows[0]!.bytes).toEqual(Buffer.from(text))
    expect(rows[0]!.kept).toEqual(metadata)
  })

  it('takes a phone or source that was left blank for absent', async () => {
    const email = `${endpoint}-blank@example.com`.replace(/[ ()]/g, '-')
    const { status, body } = await send({ ...lead, email, phone: '', source: ' ' })
    expect([status, body.data.phone, body.data.source]).toEqual([201, null, null])
  })
})

describe.each(patches)('$name', ({ method, path }) => {
  const patch = (body: unknown) => gateway.send({ method, path: path(gateway), ...json(body) })

  it.each(untouched)('takes %s untouched', async (_, text) => {
    const metadata = { [text]: text, constructor: text, prototype: { toString: [text] } }
    const { status, body } = await patch({ name: text, source: text, metadata })
    expect(status).toBe(200)
    expect(body.data).toMatchObject({ name: text, source: text, metadata })
    const read = await gateway.send({ method: 'GET', path: `/leads/${gateway.leadId}` })
    expect(read.body).toEqual(body)
  })

  it.each(['{}', '', 'null', '[{"op":"replace","path":"/name","value":"x"}]'])(
    'refuses %j, which changes nothing',
    async (body) => {
      await gateway.expectRefused({ method, path: path(gateway), ...json(body) }, {})
    },
  )

  it('refuses a chatbotId: a lead stays where it is', async () => {
    const body = { chatbotId: gateway.demo.chatbot.id }
    await gateway.expectRefused({ method, path: path(gateway), ...json(body) }, { field: 'chatbotId' })
  })
})

describe.each([aliasCreate, ...getLeads])('$name', ({ method, path, valid }) => {
  it.each([
    ['an object', '{"$ne":""}'],
    ['a list', '["cb_1"]'],
    ['a bigint', '123456789012345678901234567890'],
    ['true', 'true'],
    ['over 100 characters', JSON.stringify('x'.repeat(101))],
    ['text with NUL', '"cb_\\u0000"'],
  ])('refuses a chatbotId that is %s', async (_, chatbotId) => {
    const body = JSON.stringify({ ...valid, chatbotId: 0 }).replace(
      '"chatbotId":0',
      `"chatbotId":${chatbotId}`,
    )
    await gateway.expectRefused({ method, path: path(gateway), ...json(body) }, { field: 'chatbotId' })
  })
})

describe.each(leadLists)('$name', ({ call }) => {
  it.each([
    ['status', 'sold'],
    ['status', 'New'],
    ['status', ''],
    ['status', '__proto__'],
    ['status', 'new,lost'],
    ['source', 'x'.repeat(201)],
    ['source', 'a\0'],
    ['email', ''],
    ['email', ' '],
    ['email', `${'x'.repeat(250)}@y.example`],
    ['account', 'x'.repeat(101)],
    ['account', '\0'],
    ['accountId', '\0'],
  ])('refuses the %s %j', async (name, value) => {
    await gateway.expectRefused(call(gateway.demo, { [name]: value }), { field: name })
  })

  it.each(['status', 'source', 'email', 'account', 'accountId'])(
    'refuses %s twice or as a list',
    async (name) => {
      const { method, path } = call(gateway.demo, {})
      for (const query of [
        `${name}=new&${name}=new`,
        `${name}[]=new`,
        `${name}[$ne]=new`,
        `${name}%5B0%5D=new`,
      ]) {
        await gateway.expectRefused({ method, path: `${path}&${query}` }, { field: name })
      }
    },
  )

  it('refuses account and accountId that differ', async () => {
    const accounts = { account: 'a', accountId: 'b' }
    await gateway.expectRefused(call(gateway.demo, accounts), { field: 'accountId' })
  })
})

const eventEndpoints = [...eventLists, exportOf('messages'), exportOf('funnels')]
const groupEndpoints = [interactions, exportOf('funnels'), exportOf('records')]
/** What names something of the workspace, and where it may. */
const naming: [FilteredEndpoint[], string[]][] = [
  [
    [...conversationLists, ...datasets.map(exportOf)],
    ['account', 'accountId'],
  ],
  [eventEndpoints, ['chatbotId', 'bot', 'messageUser']],
  [groupEndpoints, ['funnel', 'funnelGroup']],
]

describe.each(
  naming.flatMap(([endpoints, names]) =>
    endpoints.flatMap((endpoint) => names.map((named) => ({ ...endpoint, named }))),
  ),
)('$name, $named', ({ call, field, named }) => {
  /** With what it goes with: the other half of a group. */
  const by = (value: string) =>
    call(gateway.demo, {
      ...(named === 'funnelGroup' && { funnel: 'funnel' }),
      ...(named === 'funnel' && { funnelGroup: 'Group' }),
      [named]: value,
    })

  it.each(['nobodys', '__proto__', "' OR 1=1", '😀', '0'.repeat(24), ' ', '%'])(
    '%j is 404',
    async (value) => {
      await gateway.expectRefused(by(value), { status: 404, code: 'NOT_FOUND', field: field(named) })
    },
  )

  it.each(['\0', 'x'.repeat(201)])('refuses %j', async (value) => {
    await gateway.expectRefused(by(value), { field: field(named) })
  })
})

describe.each([...conversationLists, ...datasets.map(exportOf)])('$name', ({ call, field }) => {
  it('refuses account and accountId that differ', async () => {
    const accounts = { account: 'a', accountId: 'b' }
    await gateway.expectRefused(call(gateway.demo, accounts), { field: field('accountId') })
  })
})

describe.each(eventEndpoints)('$name', ({ call, field }) => {
  it('refuses a bot that is another chatbot', async () => {
    const chatbots = { chatbotId: gateway.demo.chatbot.id, bot: 'second' }
    await gateway.expectRefused(call(gateway.demo, chatbots), { field: field('bot') })
  })
})

describe.each(groupEndpoints)('$name', ({ call, field }) => {
  it.each([
    ['funnel', { funnelGroup: 'Group' }],
    ['funnelGroup', { funnel: 'funnel' }],
  ])('refuses half a group: names %s', async (missing, half) => {
    await gateway.expectRefused(call(gateway.demo, half), { field: field(missing) })
  })
})

describe.each(conversationLists)('$name', ({ call }) => {
  it.each(['account', 'startDate', 'size'])('refuses %s twice or as a list', async (name) => {
    const { method, path } = call(gateway.demo, {})
    for (const query of [`${name}=1&${name}=1`, `${name}[]=1`, `${name}[$ne]=1`, `${name}%5B0%5D=1`])
      await gateway.expectRefused({ method, path: `${path}&${query}` }, { field: name })
  })

  it('ignores what it does not know', async () => {
    const { status } = await gateway.send(call(gateway.demo, { _: '1', status: 'sold', email: '' }))
    expect(status).toBe(200)
  })
})

describe.each(datasets)('exports of %s', (dataset) => {
  const all = [...new Set(datasets.flatMap((one) => Object.keys(filterFields[one])))]
  const aliens = all.filter((name) => !(name in filterFields[dataset]))

  it.each([...aliens, 'messageUserId', 'skip', 'codename'])('refuses to be filtered by %s', async (name) => {
    await gateway.expectRefused(exportOf(dataset).call(gateway.demo, { [name]: 'new' }), {
      field: `filter.${name}`,
    })
  })
})

describe('a chatbotId in a path', () => {
  const all = [
    ['POST', ''],
    ['GET', ''],
    ['GET', '/lead_1234567890abcdef'],
    ['PATCH', '/lead_1234567890abcdef'],
    ['DELETE', '/lead_1234567890abcdef'],
  ] as const

  it.each(all)('%s …/leads%s: what could be one is 404, what could not is 400', async (method, rest) => {
    const body = method === 'POST' || method === 'PATCH' ? json(lead) : {}
    const field = 'chatbotId'
    for (const id of [
      'cb_1234567890abcdef',
      '1',
      '%7B%7D',
      "'",
      '%F0%9F%92%80',
      'x'.repeat(100),
      '%252e%252e',
    ]) {
      const call = { method, path: `/chatbots/${id}/leads${rest}`, ...body }
      await gateway.expectRefused(call, { status: 404, code: 'NOT_FOUND', field })
    }
    for (const id of ['%00', 'x'.repeat(101)]) {
      await gateway.expectRefused({ method, path: `/chatbots/${id}/leads${rest}`, ...body }, { field })
    }
  })
})
