import { FunnelsService } from '#leads'
import { KeysService } from '#tenancy'
import { Client, type Json } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'

const STEPS = ['INICIO', 'DNI', 'CELULAR', 'INGRESO', 'FIN']
const GROUP = 'funnel=sacarTarjeta&funnelGroup=Sacar+Tarjeta'

describe('events', () => {
  let context: TestContext
  let gateway: Program
  let demo: TestWorkspace
  let api: Client
  let people = 0

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    const group = { name: 'Sacar Tarjeta', doubleCounting: true, newAt: 24, interactions: STEPS }
    const funnels = new FunnelsService(context.database)
    await funnels.create(demo.workspace.id, 'sacarTarjeta', STEPS, [group])
    await funnels.create(
      demo.workspace.id,
      'other',
      ['A'],
      [{ ...group, name: 'other', interactions: ['A'] }],
    )
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  it('keeps of a keyed batch a few bytes, and replays its answer to the byte', async () => {
    const value = 'no value of a client is kept '.repeat(10)
    const events = Array.from({ length: 1000 }, (_, n) =>
      n % 2 === 0 ? message() : message({ ['unknown-field']: value, sender: value }),
    )
    const headers = { 'Idempotency-Key': 'rejected-batch' }
    const first = await post(events, headers)
    const second = await post(events, headers)
    expect(first.body).toMatchObject({ accepted: 500, rejected: 500 })
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([200, 'true'])
    expect(second.text).toBe(first.text)
    expect(first.text).not.toContain('no value')
    const { rows } = await context.testDatabase.superuser.query<{ body: string }>(
      `SELECT body FROM idempotency_keys WHERE key = 'rejected-batch'`,
    )
    expect(rows[0]!.body).not.toContain('no value')
    expect(rows[0]!.body.length).toBeLessThan(20_000)
  })

  it('replays the whole answer that a program of the release before has kept', async () => {
    const events = [message()]
    const headers = { 'Idempotency-Key': 'kept-before' }
    const first = await post(events, headers)
    await context.testDatabase.superuser.query(
      `UPDATE idempotency_keys SET body = $1, route = replace(route, ' (compact)', '') WHERE key = 'kept-before'`,
      [first.text],
    )
    const second = await post(events, headers)
    expect([second.text, second.headers.get('idempotency-replayed')]).toEqual([first.text, 'true'])
  })

  let counted = 0
  const person = () => ({ id: `person-${++people}`, firstName: 'Juan', lastName: 'Perez' })
  const message = (more: object = {}) => ({
    id: `evt-${++counted}`,
    type: 'message',
    time: '2026-03-02T10:00:00Z',
    bot: 'asistente',
    account: { platform: 'messenger', name: 'Página' },
    user: person(),
    sender: 'user',
    text: 'Hola',
    ...more,
  })
  const interaction = (name: string, more: object = {}) => {
    const { sender: _, text: __, ...event } = message()
    const place = { funnel: 'sacarTarjeta', group: 'Sacar Tarjeta', interaction: name }
    return { ...event, type: 'interaction', ...place, ...more }
  }
  const post = (events: readonly object[], headers = {}) => api.post('/demo/events', { events }, headers)
  const lines = (events: readonly object[], type = 'application/x-ndjson') =>
    api.post('/demo/events', events.map((event) => JSON.stringify(event)).join('\n'), {
      'Content-Type': type,
    })
  const statuses = ({ body }: { body: Json }) =>
    (body.events as { status: string }[]).map(({ status }) => status)
  const recordsOf = async (user: { id: string }, query = '') => {
    const { body } = await api.get(`/demo/lead/records?${GROUP}&limit=100${query}`)
    const { rows } = await context.testDatabase.superuser.query<{ id: string }>(
      'SELECT id FROM message_users WHERE external_id = $1',
      [user.id],
    )
    const ids = rows.map(({ id }) => id)
    return (body.objects as Json[]).filter((record) => ids.includes(record.user.messageUser as string))
  }

  it("become records in the seed's shape, and a lead", async () => {
    const user = person()
    const answer = await post([
      message({ user }),
      interaction('INICIO', { user, time: '2026-03-02T10:00:06.684Z' }),
      interaction('DNI', { user, time: '2026-03-02T10:01:00Z', data: [{ name: 'DNI', cxt: '01234567' }] }),
      interaction('CELULAR', {
        user,
        time: '2026-03-02T05:02:31.057-05:00',
        data: [
          { name: 'Celular', cxt: '+51987654321' },
          { name: 'Correo', cxt: 'Juan@Example.com' },
        ],
      }),
    ])
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ accepted: 4, duplicates: 0, rejected: 0 })
    const [record] = await recordsOf(user)
    const { object_id: app, account } = await context.testDatabase.superuser
      .query<{ object_id: string; account: string }>(
        `SELECT c.object_id, a.id AS account FROM chatbots c JOIN accounts a ON a.workspace_id = c.workspace_id AND a.name = 'Página'`,
      )
      .then(({ rows }) => rows[0]!)
    expect(record).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      app,
      account,
      interaction: { funnel: 'sacarTarjeta', last: 'CELULAR', group: 'Sacar Tarjeta' },
      user: {
        extraData: [
          { name: 'DNI', cxt: '01234567' },
          { name: 'Celular', cxt: '+51987654321' },
          { name: 'Correo', cxt: 'Juan@Example.com' },
        ],
        messageUser: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
        platform: 'messenger',
        firstName: 'Juan',
        lastName: 'Perez',
      },
      createdAt: '2026-03-02T10:00:06.684Z',
      updatedAt: '2026-03-02T10:02:31.057Z',
    })
    const leads = await api.get('/leads?email=juan@example.com')
    expect(leads.body.data).toMatchObject([
      {
        name: 'Juan Perez',
        email: 'Juan@Example.com',
        phone: '+51987654321',
        source: 'messenger',
        metadata: { DNI: '01234567' },
      },
    ])
    const again = await api.post('/leads', { name: 'x', email: 'juan@example.com' })
    expect([again.status, again.body.code, again.body.details.existingLeadId]).toEqual([
      409,
      'DUPLICATE_EMAIL',
      leads.body.data[0].id,
    ])
  })

  it.each([
    ['a minute short of newAt is the same record', '2026-03-03T09:59:00Z', 1],
    ['newAt to the minute is the same record', '2026-03-03T10:00:00Z', 1],
    ['a minute past newAt is a new one', '2026-03-03T10:01:00Z', 2],
  ])('coming back %s', async (_, time, count) => {
    const user = person()
    // The later one first: what comes late counts as if it had come in time.
    await post([interaction('DNI', { user, time })])
    await post([interaction('INICIO', { user, time: '2026-03-02T10:00:00Z' })])
    const records = await recordsOf(user)
    expect(records.map((record) => record.interaction.last as string)).toEqual(
      ['DNI', 'INICIO'].slice(0, count),
    )
  })

  it('accountId narrows records and funnels', async () => {
    const user = person()
    const [a, b] = ['Uno', 'Dos'].map((name) => ({ platform: 'whatsapp', name }))
    await post([interaction('INICIO', { user, account: a }), interaction('DNI', { user, account: b })])
    const accounts = await context.testDatabase.superuser.query<{ id: string }>(
      `SELECT id FROM accounts WHERE name IN ('Uno', 'Dos') ORDER BY name DESC`,
    )
    const [one, two] = accounts.rows.map(({ id }) => id)
    const lastsOn = async (id = '') =>
      (await recordsOf(user, `&accountId=${id}`)).map((record) => record.interaction.last as string)
    expect([await lastsOn(one), await lastsOn(two)]).toEqual([['INICIO'], ['DNI']])
    const funnelsOn = async (id = '') =>
      Object.keys((await api.get(`/demo/lead/funnels?accountId=${id}`)).body.funnels as object)
    await post([interaction('A', { user, account: b, funnel: 'other', group: 'other' })])
    expect([await funnelsOn(one), await funnelsOn(two)]).toEqual([
      ['sacarTarjeta'],
      ['sacarTarjeta', 'other'],
    ])
    // By its id, from now on.
    expect(statuses(await post([interaction('FIN', { user, account: { id: one } })]))).toEqual(['accepted'])
    expect(await lastsOn(one)).toEqual(['FIN'])
  })

  it('the same id again is a duplicate and changes nothing, in one request or in two', async () => {
    const user = person()
    const event = interaction('DNI', { user })
    expect(statuses(await post([event, { ...event, interaction: 'FIN' }]))).toEqual(['accepted', 'duplicate'])
    expect(statuses(await lines([{ ...event, interaction: 'FIN' }]))).toEqual(['duplicate'])
    expect(await recordsOf(user)).toMatchObject([{ interaction: { last: 'DNI' } }])
  })

  it.each([
    'application/x-ndjson',
    'application/ndjson',
    'application/jsonl',
    'application/x-ndjson; charset=utf-8',
  ])('come as lines of %s too', async (type) => {
    expect((await lines([message(), interaction('FIN')], type)).body).toMatchObject({ accepted: 2 })
  })

  it('a thousand come at once, from many people about one moment', async () => {
    const events = Array.from({ length: 500 }, () => person()).flatMap((user) => [
      message({ user }),
      interaction('INICIO', { user, time: '2026-01-05T10:00:00Z' }),
    ])
    expect((await lines(events)).body).toMatchObject({ accepted: 1000, duplicates: 0, rejected: 0 })
    expect((await lines(events)).body).toMatchObject({ accepted: 0, duplicates: 1000, rejected: 0 })
  })

  it('come from any month since 2000, and open no more tables than those of a year', async () => {
    const relations = async () =>
      (
        await context.testDatabase.superuser.query<{ count: number }>(
          'SELECT count(*)::int FROM pg_class WHERE relispartition',
        )
      ).rows[0]!.count
    const before = await relations()
    const now = new Date()
    const count = (now.getUTCFullYear() - 2000) * 12 + now.getUTCMonth()
    const times = Array.from({ length: count }, (_, month) =>
      new Date(Date.UTC(2000, month, 15, 12)).toISOString(),
    )
    const user = person()
    const { body } = await post(times.map((time) => message({ user, time })))
    expect(body).toMatchObject({ accepted: count, rejected: 0 })
    // Two tables for each month, with their indexes.
    expect((await relations()) - before).toBeLessThanOrEqual(12 * 2 * (1 + 5))
    const { body: page } = await api.get('/demo/messages?startDate=2001-01-01&endDate=2003-12-31&size=100')
    expect((page.data as { time: string }[]).map(({ time }) => time)).toEqual(times.slice(12, 48).reverse())
  })

  it('a funnel that is changed while records are open keeps what was recorded', async () => {
    const user = person()
    const change = (body: object) =>
      fetch(`http://127.0.0.1:${context.config.ADMIN_PORT}/admin/v1/workspaces/demo/funnels/sacarTarjeta`, {
        method: 'PATCH',
        headers: {
          Authorization: `Bearer ${context.config.ADMIN_TOKEN}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(body),
      })
    const group = { name: 'Sacar Tarjeta', doubleCounting: true, newAt: 24, interactions: STEPS }
    await post([
      interaction('INICIO', { user, time: '2026-03-02T10:00:00Z' }),
      interaction('INGRESO', {
        user,
        time: '2026-03-02T11:00:00Z',
        data: [{ name: 'Ingreso', cxt: '1000' }],
      }),
      interaction('INICIO', { user, time: '2026-03-04T10:00:00Z' }),
    ])
    const before = await recordsOf(user)
    const shorter = ['INICIO', 'DNI', 'NUEVO']
    const changed = { interactions: shorter, groups: [{ ...group, newAt: 72, interactions: shorter }] }
    expect((await change(changed)).status).toBe(200)
    expect(await recordsOf(user)).toEqual(before)

    const events = [
      interaction('NUEVO', { user, time: '2026-03-02T12:00:00Z' }),
      interaction('DNI', { user, time: '2026-03-04T12:00:00Z' }),
      interaction('INGRESO', { user, time: '2026-03-04T13:00:00Z' }),
    ]
    expect(statuses(await post(events))).toEqual(['accepted', 'accepted', 'rejected'])
    expect(await recordsOf(user)).toMatchObject([
      { _id: before[0]._id, interaction: { last: 'DNI' }, createdAt: '2026-03-04T10:00:00.000Z' },
      { _id: before[1]._id, interaction: { last: 'INGRESO' }, user: { extraData: [{ name: 'Ingreso' }] } },
    ])
    expect((await change({ interactions: STEPS, groups: [group] })).status).toBe(200)
  })

  it('an Idempotency-Key replays the answer, refusals of events and all', async () => {
    const events = [message(), message({ user: {} })]
    const headers = { 'Idempotency-Key': 'events-1' }
    const first = await post(events, headers)
    const again = await post(events, headers)
    expect(statuses(first)).toEqual(['accepted', 'rejected'])
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
  })

  it('a key needs the scope, and its own workspace', async () => {
    const keys = new KeysService(context.database)
    const owner = { ownerName: 'x', ownerEmail: 'x@example.com' }
    const reader = await keys.issue(demo.workspace.id, { kind: 'api_key', ...owner, scopes: ['leads:read'] })
    const base = `${context.config.PUBLIC_URL}/api/v1`
    const refused = await new Client(base, reader.token).post('/demo/events', { events: [message()] })
    expect([refused.status, refused.body.code]).toEqual([403, 'FORBIDDEN'])
    const other = await context.workspace('other')
    const stranger = await new Client(base, other.key).post('/demo/events', { events: [message()] })
    expect([stranger.status, stranger.body.details.field]).toEqual([404, 'codename'])
    expect((await new Client(base).post('/demo/events', '{')).status).toBe(401)
  })
})
