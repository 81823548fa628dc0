import { FunnelsService } from '#leads'
import { Client, type Json } from '../../support/api/client.js'
import { TestContext, type TestWorkspace } from '../../support/context.js'
import { type Program, startProgram } from '../../support/programs/programs.js'

const HOUR = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()

describe('events that are wrong', () => {
  let context: TestContext
  let gateway: Program
  let demo: TestWorkspace
  let api: Client
  let foreignAccount: string

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    const other = await context.workspace('other')
    const funnels = new FunnelsService(context.database)
    for (const { workspace } of [demo, other]) {
      const group = { name: 'g', doubleCounting: true, newAt: 24, interactions: ['A', 'B'] }
      const alone = workspace.id === demo.workspace.id ? 'f' : 'theirs'
      await funnels.create(workspace.id, alone, ['A', 'B', 'C'], [group])
    }
    const { rows } = await context.testDatabase.superuser.query<{ id: string }>(
      'SELECT id FROM accounts WHERE workspace_id = $1',
      [other.workspace.id],
    )
    foreignAccount = rows[0]!.id
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  let counted = 0
  const valid = () => ({
    id: `evt-${++counted}`,
    type: 'interaction',
    time: '2026-03-02T10:00:00Z',
    bot: 'asistente',
    account: { platform: 'messenger', name: 'Página' },
    user: { id: 'ana' },
    funnel: 'f',
    group: 'g',
    interaction: 'A',
  })
  const message = () => {
    const { funnel: _, group: __, interaction: ___, ...event } = valid()
    return { ...event, type: 'message', sender: 'user', text: 'Hola' }
  }
  const written = async () =>
    (
      await context.testDatabase.superuser.query<Record<string, string>>(
        `SELECT ${[
          'accounts',
          'message_users',
          'messages',
          'interactions',
          'leads',
          'records',
          'event_ids',
          'metadata_keys',
          'late_days',
        ]
          .map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`)
          .join(', ')}`,
      )
    ).rows[0]

  const long = 'x'.repeat(201)
  const cases: [string, string | null, () => unknown][] = [
    ['without id', 'id', () => ({ ...valid(), id: undefined })],
    ['with an empty id', 'id', () => ({ ...valid(), id: '' })],
    ['with a number for an id', 'id', () => ({ ...valid(), id: 7 })],
    ['with a space in its id', 'id', () => ({ ...valid(), id: 'a b' })],
    ['with an id of 101 characters', 'id', () => ({ ...valid(), id: 'x'.repeat(101) })],
    ['without user', 'user', () => ({ ...valid(), user: undefined })],
    ['with a user without id', 'user.id', () => ({ ...valid(), user: { firstName: 'Ana' } })],
    ['with a user whose id is long', 'user.id', () => ({ ...valid(), user: { id: long } })],
    ['with NUL in a name', 'user.firstName', () => ({ ...valid(), user: { id: 'a', firstName: 'a\0' } })],
    [
      'with CR LF in a name',
      'user.firstName',
      () => ({ ...valid(), user: { id: 'a', firstName: 'a\r\nb' } }),
    ],
    [
      'with U+2028 in a name',
      'user.lastName',
      () => ({ ...valid(), user: { id: 'a', lastName: 'a\u2028b' } }),
    ],
    [
      'with LF in the name of an account',
      'account.name',
      () => ({ ...valid(), account: { platform: 'messenger', name: 'a\nb' } }),
    ],
    ['with an unknown field of the user', 'user.age', () => ({ ...valid(), user: { id: 'a', age: 3 } })],
    ['without time', 'time', () => ({ ...valid(), time: undefined })],
    ['a year ahead', 'time', () => ({ ...valid(), time: inHours(365 * 24) })],
    ['two hours ahead', 'time', () => ({ ...valid(), time: inHours(2) })],
    ['of 1999', 'time', () => ({ ...valid(), time: '1999-12-31T23:59:59Z' })],
    ...[
      '2026-03-02',
      '2026-03-02T10:00:00',
      '2026-02-30T10:00:00Z',
      '2026-03-02T24:00:00Z',
      'now',
      'infinity',
      '',
    ].map((time): [string, string, () => unknown] => [`at "${time}"`, 'time', () => ({ ...valid(), time })]),
    ['with Unix seconds for a time', 'time', () => ({ ...valid(), time: 1_772_445_600 })],
    ['of an unknown type', 'type', () => ({ ...valid(), type: 'click' })],
    ['without type', 'type', () => ({ ...valid(), type: undefined })],
    ['of a chatbot that there is not', 'bot', () => ({ ...valid(), bot: 'nobody' })],
    ['without chatbot', 'bot', () => ({ ...valid(), bot: undefined })],
    ['without account', 'account', () => ({ ...valid(), account: undefined })],
    ['with an empty account', 'account.platform', () => ({ ...valid(), account: {} })],
    [
      'of an unknown platform',
      'account.platform',
      () => ({ ...valid(), account: { platform: 'fax', name: 'a' } }),
    ],
    ['of a platform without a name', 'account.name', () => ({ ...valid(), account: { platform: 'sms' } })],
    [
      'of an account by id and name',
      'account.id',
      () => ({ ...valid(), account: { id: foreignAccount, name: 'a' } }),
    ],
    [
      'of an account of another workspace',
      'account.id',
      () => ({ ...valid(), account: { id: foreignAccount } }),
    ],
    [
      'of an account that there is not',
      'account.id',
      () => ({ ...valid(), account: { id: '0'.repeat(24) } }),
    ],
    ['of a funnel that there is not', 'funnel', () => ({ ...valid(), funnel: 'nobody' })],
    ["of another workspace's funnel", 'funnel', () => ({ ...valid(), funnel: 'theirs' })],
    ['of a group that there is not', 'group', () => ({ ...valid(), group: 'toString' })],
    ['without group', 'group', () => ({ ...valid(), group: undefined })],
    [
      'with an interaction that the funnel does not have',
      'interaction',
      () => ({ ...valid(), interaction: 'Z' }),
    ],
    [
      'with an interaction that only other groups have',
      'interaction',
      () => ({ ...valid(), interaction: 'C' }),
    ],
    ['with data that is an object', 'data', () => ({ ...valid(), data: { DNI: '1' } })],
    ['with data without a name', 'data.0.name', () => ({ ...valid(), data: [{ cxt: '1' }] })],
    [
      'with a number told',
      'data.1.cxt',
      () => ({
        ...valid(),
        data: [
          { name: 'a', cxt: '' },
          { name: 'b', cxt: 1 },
        ],
      }),
    ],
    [
      'with data named __proto__',
      'data.0.name',
      () => ({ ...valid(), data: [{ name: '__proto__', cxt: '1' }] }),
    ],
    [
      'with a lone surrogate told',
      'data.0.cxt',
      () => ({ ...valid(), data: [{ name: 'a', cxt: '\ud800' }] }),
    ],
    [
      'with over 50 data',
      'data',
      () => ({ ...valid(), data: Array.from({ length: 51 }, (_, n) => ({ name: `${n}`, cxt: '' })) }),
    ],
    ['with an unknown field', 'foo', () => ({ ...valid(), foo: 1 })],
    ["with a message's field", 'text', () => ({ ...valid(), text: 'Hola' })],
    ['without sender', 'sender', () => ({ ...message(), sender: undefined })],
    ['of an unknown sender', 'sender', () => ({ ...message(), sender: 'agent' })],
    ['with text of 10,001 characters', 'text', () => ({ ...message(), text: 'x'.repeat(10_001) })],
    ["with an interaction's field", 'funnel', () => ({ ...message(), funnel: 'f' })],
    ['that is a list', null, () => []],
    ['that is null', null, () => null],
    ['that is text', null, () => 'event'],
  ]

  describe.each([
    ['in JSON', (events: unknown[]) => api.post('/demo/events', { events })],
    [
      'in a line',
      (events: unknown[]) =>
        api.post('/demo/events', events.map((event) => JSON.stringify(event)).join('\r\n'), {
          'Content-Type': 'application/x-ndjson',
        }),
    ],
  ])('%s', (_, send) => {
    it.each(cases)('one %s is refused by name, the rest accepted', async (__, field, bad) => {
      const before = await written()
      const alone = await send([bad()])
      expect([alone.status, alone.body.rejected, await written()]).toEqual([200, 1, before])
      const { status, body } = await send([valid(), bad(), message()])
      expect([status, body.accepted, body.rejected]).toEqual([200, 2, 1])
      const [first, second, third] = body.events as Json[]
      expect([first.status, second.status, third.status]).toEqual(['accepted', 'rejected', 'accepted'])
      expect([second.index, second.error.field]).toEqual([1, field])
      expect(second.error.message).toMatch(/^[A-Z]/)
    })
  })

  it('an account of another workspace is told of as one that there is not', async () => {
    const refusal = async (id: string) => {
      const { body } = await api.post('/demo/events', {
        events: [{ ...valid(), id: 'same', account: { id } }],
      })
      return body as object
    }
    const told = await refusal(foreignAccount)
    const error = { field: 'account.id', message: 'The account was not found' }
    expect(told).toMatchObject({ rejected: 1, events: [{ id: 'same', error }] })
    expect(told).toEqual(await refusal('0'.repeat(24)))
  })

  describe('lines', () => {
    const send = (body: string | Uint8Array) =>
      fetch(`${context.config.PUBLIC_URL}/api/v1/demo/events`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${demo.key}`, 'Content-Type': 'application/x-ndjson' },
        body: body as string,
      })
    it.each<[string, string | Buffer, string | null]>([
      ['half an object', '{"id":"a"', null],
      ['no JSON', 'hello', null],
      ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), null],
      ['a name twice', '{"id":"a","id":"b"}', 'id'],
      ['__proto__', '{"user":{"__proto__":1}}', 'user.__proto__'],
      ['an object too deep', `{"user":${'['.repeat(40)}${']'.repeat(40)}}`, 'user'],
      ['two objects', '{} {}', null],
    ])('one bad line (%s) is refused alone', async (_, line, field) => {
      const good = () => Buffer.from(`${JSON.stringify(message())}\n`)
      const bytes = Buffer.concat([good(), Buffer.from(line), Buffer.from('\n\n'), good()])
      const answer = await send(bytes)
      const body = (await answer.json()) as Json
      expect([answer.status, body.accepted, body.rejected]).toEqual([200, 2, 1])
      expect(body.events[1]).toMatchObject({ index: 1, id: null, status: 'rejected', error: { field } })
    })

    it.each(['', '\n', '\r\n \n'])('%p has no events', async (body) => {
      const answer = await send(body)
      expect([answer.status, ((await answer.json()) as Json).details.field]).toEqual([400, 'events'])
    })
  })

  describe('the whole request', () => {
    const many = () => Array.from({ length: 1001 }, message)
    it.each<[string, () => unknown, Record<string, string>, number, string | undefined]>([
      ['over 1,000 events', () => ({ events: many() }), {}, 413, 'events'],
      [
        'over 1,000 lines',
        () =>
          many()
            .map((event) => JSON.stringify(event))
            .join('\n'),
        { 'Content-Type': 'application/x-ndjson' },
        413,
        'events',
      ],
      ['over 4 MB', () => ({ events: [{ ...message(), text: 'x'.repeat(4_000_000) }] }), {}, 413, undefined],
      ['no events', () => ({ events: [] }), {}, 400, 'events'],
      ['no field', () => ({}), {}, 400, 'events'],
      ['events that are an object', () => ({ events: {} }), {}, 400, 'events'],
      ['another field', () => ({ events: [message()], foo: 1 }), {}, 400, 'foo'],
      ['a list', () => [message()], {}, 400, undefined],
      ['events twice', () => '{"events":[],"events":[]}', {}, 400, 'events'],
      ['half of it', () => '{"events":[', {}, 400, undefined],
      ['nothing', () => '', {}, 400, 'events'],
      ['text', () => 'x', { 'Content-Type': 'text/plain' }, 415, undefined],
      ['compressed', () => 'x', { 'Content-Encoding': 'gzip' }, 415, undefined],
    ])('with %s is refused, and nothing is written', async (_, body, headers, status, field) => {
      const before = await written()
      const answer = await api.post('/demo/events', body(), headers)
      expect([answer.status, answer.body.details.field]).toEqual([status, field])
      expect(await written()).toEqual(before)
    })
  })

  it.each(['/leads', '/exports'])('lines are of no use to %s', async (path) => {
    const { status } = await api.post(path, '{}', { 'Content-Type': 'application/x-ndjson' })
    expect(status).toBe(415)
  })
})
