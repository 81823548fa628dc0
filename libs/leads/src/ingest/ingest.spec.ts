import fc from 'fast-check'
import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'
import { FunnelsService } from '../funnels.service.js'
import { LeadsService } from '../leads.service.js'
import type { ConversationEvent, InteractionEvent, MessageEvent } from './event.js'
import { IngestService } from './ingest.service.js'

const steps = ['INICIO', 'DNI', 'CELULAR', 'FIN']
const groups = [
  { name: 'twice', doubleCounting: true, newAt: 24, interactions: steps },
  { name: 'once', doubleCounting: false, newAt: 24, interactions: steps },
]

const START = Date.UTC(2026, 2, 1)
const HOUR = 3_600_000
/** A month as YYYY-MM. The database of a test was made in the present one. */
const monthFromNow = (months: number): string => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months)).toISOString().slice(0, 7)
}
/** @param hours after the first of March 2026 */
const at = (hours: number): string => `${new Date(START + hours * HOUR).toISOString().slice(0, -1)}000Z`

const common = (id: string, hours: number): Omit<MessageEvent, 'type' | 'sender' | 'text'> => ({
  id,
  time: at(hours),
  bot: 'asistente',
  account: { platform: 'messenger', name: 'Página' },
  user: { id: 'ana' },
})
const message = (id: string, hours: number, more: Partial<MessageEvent> = {}): MessageEvent => ({
  ...common(id, hours),
  type: 'message',
  sender: 'user',
  text: 'Hola',
  ...more,
})
const interaction = (id: string, hours: number, more: Partial<InteractionEvent> = {}): InteractionEvent => ({
  ...common(id, hours),
  type: 'interaction',
  funnel: 'f',
  group: 'twice',
  interaction: 'INICIO',
  data: [],
  ...more,
})

describe('events', () => {
  let context: TestContext
  let ingest: IngestService
  let made = 0

  beforeAll(async () => {
    context = await TestContext.create()
    ingest = new IngestService(context.database)
  })
  afterAll(() => context.close())

  /** A new workspace with two chatbots, a funnel and its two groups. */
  async function workspace(): Promise<TestWorkspace> {
    const one = await context.workspace(`w${++made}`)
    const funnels = new FunnelsService(context.database)
    await funnels.create(one.workspace.id, 'f', steps, groups)
    await context.testDatabase.superuser.query(
      `INSERT INTO chatbots (id, workspace_id, object_id, name, owner_user_id) VALUES ($1, $2, $3, 'ventas', 'user-1')`,
      [`cb_${made.toString(16).padStart(16, '0')}`, one.workspace.id, made.toString(16).padStart(24, '0')],
    )
    return one
  }

  const statuses = async (workspaceId: string, events: readonly ConversationEvent[]) =>
    (await ingest.ingest(workspaceId, events)).map(({ status }) => status)

  /** Everything that events made, without the ids that were made for it. */
  async function stateOf(workspaceId: string) {
    const read = async (sql: string) =>
      (
        await context.testDatabase.superuser.query<{ row: object }>(
          `SELECT to_jsonb(t) AS row FROM (${sql}) t`,
          [workspaceId],
        )
      ).rows.map(({ row }) => row)
    const who = `c.name AS bot, a.platform, a.name AS account, u.external_id AS "user"`
    const joins = `JOIN chatbots c ON c.id = t.chatbot_id JOIN accounts a ON a.id = t.account_id
      JOIN message_users u ON u.id = t.message_user_id WHERE t.workspace_id = $1`
    return {
      accounts: await read(
        `SELECT name, slug, platform FROM accounts WHERE workspace_id = $1 ORDER BY 1, 2, 3`,
      ),
      users: await read(`
        SELECT a.name AS account, t.external_id, t.platform, t.first_name, t.last_name, t.first_name_told, t.last_name_told,
          t.created_at, t.updated_at
        FROM message_users t JOIN accounts a ON a.id = t.account_id WHERE t.workspace_id = $1 ORDER BY 1, 2`),
      messages: await read(
        `SELECT ${who}, event_id, occurred_at, sender, text FROM messages t ${joins} ORDER BY event_id`,
      ),
      interactions: await read(
        `SELECT ${who}, event_id, occurred_at, funnel_id, funnel_group_id, interaction, data FROM interactions t ${joins} ORDER BY event_id`,
      ).then((rows) => rows.map((row) => ({ ...row, funnel_id: null, funnel_group_id: null }))),
      leads: await read(`
        SELECT ${who}, t.name, t.email, t.email_lower, t.phone, t.source, t.status, t.metadata, t.told, t.created_at, t.updated_at
        FROM leads t ${joins} ORDER BY 1, 2, 3, 4`),
      records: await read(`
        SELECT ${who}, g.name AS "group", t.last, t.extra_data, t.told, l.chatbot_id = t.chatbot_id AND l.message_user_id = t.message_user_id AS own_lead,
          t.created_at, t.updated_at
        FROM records t JOIN funnel_groups g ON g.id = t.funnel_group_id LEFT JOIN leads l ON l.workspace_id = t.workspace_id AND l.id = t.lead_id
        ${joins} ORDER BY 1, 2, 3, 4, 5, t.created_at`),
      names: await read(`SELECT dataset, key FROM metadata_keys WHERE workspace_id = $1 ORDER BY 1, 2`),
      lateDays: await read(`SELECT day FROM late_days WHERE workspace_id = $1 ORDER BY 1`),
      eventIds: await read(`SELECT event_id FROM event_ids WHERE workspace_id = $1 ORDER BY 1`),
    }
  }

  // Few of each, so that they meet: the same people, gaps around newAt, ties in time, data told twice.
  const event = fc
    .record({
      kind: fc.constantFrom('message', 'interaction', 'interaction'),
      hours: fc.constantFrom(0, 1, 5, 23.99, 24, 25, 48, 49, 60, 100, 200),
      micros: fc.constantFrom('000', '000', '001'),
      bot: fc.constantFrom('asistente', 'asistente', 'ventas'),
      account: fc.constantFrom(
        { platform: 'messenger', name: 'Página' },
        { platform: 'whatsapp', name: 'Ventas' },
      ),
      user: fc.record({
        id: fc.constantFrom('ana', 'luis'),
        firstName: fc.constantFrom(undefined, null, 'Ana', 'Anita'),
        lastName: fc.constantFrom(undefined, 'Peña'),
      }),
      group: fc.constantFrom('twice', 'once'),
      interaction: fc.constantFrom(...steps),
      data: fc.array(
        fc.record({
          name: fc.constantFrom('DNI', 'Nombre', 'Correo', 'Celular', 'Apellido'),
          cxt: fc.constantFrom('ana@example.com', 'no tengo', '987654321', 'Ana', 'Ana Peña', '', '01'),
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ kind, hours, micros, bot, account, user, group, interaction: name, data }) => {
      const shared = { bot, account, user, time: at(hours).replace('000Z', `${micros}Z`) }
      return kind === 'message'
        ? message('', 0, { ...shared, text: name })
        : interaction('', 0, { ...shared, group, interaction: name, data })
    })
  const stream = fc
    .array(event, { minLength: 1, maxLength: 25 })
    .map((events) => events.map((one, n) => ({ ...one, id: `evt_${n}` })))

  it('shuffled, doubled and split make the same state as in order and at once', async () => {
    const seed = Number(process.env['INGEST_SEED'] ?? Date.now() % 2 ** 31)
    process.stdout.write(`ingest property: INGEST_SEED=${seed}\n`)
    const arrivals = stream.chain((events) =>
      fc.record({
        events: fc.constant(events),
        shuffled: fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
        cuts: fc.array(fc.nat(events.length * 2), { maxLength: 4 }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ events, shuffled, cuts }) => {
        const [ordered, mixed] = [await workspace(), await workspace()]
        const inOrder = [...events].sort((a, b) => (a.time < b.time ? -1 : 1))
        expect(await statuses(ordered.workspace.id, inOrder)).toEqual(inOrder.map(() => 'accepted'))
        const bounds = [0, ...cuts.sort((a, b) => a - b), shuffled.length]
        const outcomes: string[] = []
        for (const [n, from] of bounds.slice(0, -1).entries())
          outcomes.push(...(await statuses(mixed.workspace.id, shuffled.slice(from, bounds[n + 1]))))
        expect(outcomes.filter((status) => status === 'accepted')).toHaveLength(events.length)
        expect(outcomes.filter((status) => status === 'duplicate')).toHaveLength(events.length)
        expect(await stateOf(mixed.workspace.id)).toEqual(await stateOf(ordered.workspace.id))
      }),
      { seed, numRuns: Number(process.env['INGEST_RUNS'] ?? 40) },
    )
  }, 300_000)

  it('two requests about one user at the same moment neither lose nor double', async () => {
    const [{ workspace: alone }, { workspace: raced }] = [await workspace(), await workspace()]
    const events = Array.from({ length: 120 }, (_, n) =>
      interaction(`evt_${n}`, n * 7, {
        interaction: steps[n % 4] ?? '',
        group: n % 3 === 0 ? 'once' : 'twice',
        user: { id: n % 2 === 0 ? 'ana' : 'luis', firstName: `Name ${n}` },
        data: [{ name: n % 5 === 0 ? 'Nombre' : `Dato ${n % 7}`, cxt: String(n) }],
      }),
    )
    await ingest.ingest(alone.id, events)
    // Each batch twice, and each event in two batches.
    const batches = Array.from({ length: 12 }, (_, n) =>
      events.filter((_, i) => i % 6 === n % 6 || i % 4 === n % 4),
    )
    const outcomes = await Promise.all(batches.map((batch) => statuses(raced.id, batch)))
    expect(outcomes.flat().filter((status) => status === 'accepted')).toHaveLength(events.length)
    expect(await stateOf(raced.id)).toEqual(await stateOf(alone.id))
  }, 60_000)

  it('an event that another batch refuses to write counts when it is sent again', async () => {
    const { workspace: one } = await workspace()
    const wrong = interaction('evt_1', 0, { group: 'twise' })
    expect(await ingest.ingest(one.id, [wrong])).toEqual([
      { status: 'rejected', field: 'group', message: 'The funnel has no such group' },
    ])
    expect(await statuses(one.id, [{ ...wrong, group: 'twice' }])).toEqual(['accepted'])
  })

  it('a refused event makes no account, and a duplicate changes none', async () => {
    const { workspace: one } = await workspace()
    const account = { platform: 'telegram', name: 'Nuevo' }
    await ingest.ingest(one.id, [interaction('evt_1', 0, { account, bot: 'nobody' })])
    expect((await stateOf(one.id)).accounts).toHaveLength(1)
    await ingest.ingest(one.id, [message('evt_2', 0)])
    await ingest.ingest(one.id, [message('evt_2', 0, { user: { id: 'other' } })])
    expect((await stateOf(one.id)).users).toMatchObject([{ external_id: 'ana' }])
  })

  it('one lead per message user and chatbot; the same person on two accounts is two leads', async () => {
    const { workspace: one } = await workspace()
    const other = { platform: 'whatsapp', name: 'Ventas' }
    const data = [{ name: 'Correo', cxt: 'Ana@Example.com' }]
    await ingest.ingest(one.id, [
      interaction('a', 0, { data }),
      interaction('b', 1, { group: 'once' }),
      interaction('c', 2, { bot: 'ventas', data }),
      interaction('d', 3, { account: other, data }),
      message('e', 4, { user: { id: 'talks only' } }),
    ])
    const { leads } = await stateOf(one.id)
    expect(leads).toMatchObject([
      { bot: 'asistente', account: 'Página', email: 'Ana@Example.com', email_lower: 'ana@example.com' },
      { bot: 'asistente', account: 'Ventas', email: 'Ana@Example.com', source: 'whatsapp' },
      { bot: 'ventas', account: 'Página', email: 'Ana@Example.com', source: 'messenger', status: 'new' },
    ])
  })

  it("the profile's name is the lead's until one is told", async () => {
    const { workspace: one } = await workspace()
    const name = async () => (await stateOf(one.id)).leads.map((lead) => (lead as { name: string }).name)
    await ingest.ingest(one.id, [interaction('a', 0)])
    expect(await name()).toEqual([null])
    await ingest.ingest(one.id, [
      message('b', 1, { user: { id: 'ana', firstName: 'Ana', lastName: 'Peña' } }),
    ])
    expect(await name()).toEqual(['Ana Peña'])
    await ingest.ingest(one.id, [interaction('c', 2, { data: [{ name: 'Nombre', cxt: 'Ana María' }] })])
    await ingest.ingest(one.id, [interaction('d', 3, { data: [{ name: 'Apellidos', cxt: 'Peña Ríos' }] })])
    await ingest.ingest(one.id, [message('e', 4, { user: { id: 'ana', firstName: 'Anita' } })])
    expect(await name()).toEqual(['Ana María Peña Ríos'])
  })

  it('what someone patched stays, unless an event told it later', async () => {
    const { workspace: one } = await workspace()
    const leads = new LeadsService(context.database)
    const told = (cxt: string) => [
      { name: 'Correo', cxt },
      { name: 'Nombre', cxt: 'Told' },
      { name: 'DNI', cxt },
    ]
    await ingest.ingest(one.id, [interaction('a', 0, { data: told('a@example.com') })])
    const page = await leads.list(one.id, {}, { limit: 1, offset: 0 })
    const hex = page.rows[0]?.hex ?? ''
    await leads.patch(one.id, { hex }, { email: 'patched@example.com', name: 'Patched', metadata: { a: 1 } })
    await ingest.ingest(one.id, [
      interaction('b', 1, { data: [...told('b@example.com'), { name: 'Celular', cxt: '987654321' }] }),
    ])
    expect(await leads.get(one.id, { hex })).toMatchObject({
      email: 'patched@example.com',
      name: 'Patched',
      phone: '987654321',
      metadata: { a: 1 },
    })
    const soon = `${new Date(Date.now() + 60_000).toISOString().slice(0, -1)}000Z`
    await ingest.ingest(one.id, [interaction('c', 0, { time: soon, data: told('c@example.com') })])
    expect(await leads.get(one.id, { hex })).toMatchObject({
      email: 'c@example.com',
      name: 'Told',
      metadata: { a: 1, DNI: 'c@example.com' },
    })
    // The address that was claimed by hand is free again.
    const again = { name: 'x', email: 'patched@example.com', status: 'new' as const, metadata: {} }
    expect((await leads.create(one.id, page.rows[0]?.chatbot_id ?? '', again)).email).toBe(
      'patched@example.com',
    )
  })

  it('a deleted lead is made anew by what comes after, without what was deleted', async () => {
    const { workspace: one } = await workspace()
    const leads = new LeadsService(context.database)
    await ingest.ingest(one.id, [interaction('a', 0, { data: [{ name: 'Correo', cxt: 'a@example.com' }] })])
    const page = await leads.list(one.id, {}, { limit: 1, offset: 0 })
    await leads.remove(one.id, { hex: page.rows[0]?.hex ?? '' })
    expect(await stateOf(one.id)).toMatchObject({ leads: [], records: [{ own_lead: null }] })
    await ingest.ingest(one.id, [interaction('b', 1)])
    expect(await stateOf(one.id)).toMatchObject({ leads: [{ email: null }], records: [{ own_lead: true }] })
  })

  it('days that are over are marked where something of theirs came in, moved or went away', async () => {
    const { workspace: one } = await workspace()
    const days = async () => (await stateOf(one.id)).lateDays.map((row) => (row as { day: string }).day)
    const forget = () => context.testDatabase.superuser.query('DELETE FROM late_days')
    // Lima is five hours behind: hour 4 of UTC is the evening before.
    await ingest.ingest(one.id, [
      interaction('a', 28),
      message('b', 48),
      message('now', 0, { time: new Date().toISOString().replace('Z', '000Z') }),
    ])
    expect(await days()).toEqual(['2026-03-01', '2026-03-02'])
    await forget()
    await ingest.ingest(one.id, [interaction('a', 28), message('b', 48)])
    expect(await days()).toEqual([])
    // The lead and its message user now began a day earlier, and are gone from the day they were of.
    await ingest.ingest(one.id, [interaction('c', 4)])
    expect(await days()).toEqual(['2026-02-28', '2026-03-01'])
    await forget()
    const leads = new LeadsService(context.database)
    const page = await leads.list(one.id, {}, { limit: 1, offset: 0 })
    await leads.remove(one.id, { hex: page.rows[0]?.hex ?? '' })
    expect(await days()).toEqual(['2026-02-28'])
  })

  it('ids are forgotten after their time, and no sooner', async () => {
    const { workspace: one } = await workspace()
    await ingest.ingest(one.id, [message('old', 0), message('young', 0)])
    await context.testDatabase.superuser.query(
      `UPDATE event_ids SET received_at = received_at - interval '90 days' - interval '1 second' WHERE event_id = 'old'`,
    )
    await ingest.forgetIds(90)
    expect((await stateOf(one.id)).eventIds).toEqual([{ event_id: 'young' }])
    expect(await statuses(one.id, [message('young', 0)])).toEqual(['duplicate'])
  })

  it('an id that spells the platform and name of an account is not that account', async () => {
    const { workspace: one } = await workspace()
    const named = message('a', 0, { account: { platform: 'sms', name: 'X' } })
    const spelled = message('b', 0, { account: { id: 'sms X' } })
    for (const batch of [
      [spelled, named],
      [named, spelled].map((event) => ({ ...event, id: `${event.id}2` })),
    ])
      expect((await statuses(one.id, batch)).sort()).toEqual(['accepted', 'rejected'])
  })

  it('batches that are the first of a month at once all come in', async () => {
    const { workspace: one } = await workspace()
    for (const month of [-8, -9, -10].map(monthFromNow)) {
      // Each of a process of its own, that has not seen the month either.
      const batches = Array.from({ length: 5 }, (_, n) =>
        new IngestService(context.database).ingest(one.id, [
          message(`evt_${month}_${n}`, 0, { time: `${month}-01T00:00:00.000000Z` }),
        ]),
      )
      expect((await Promise.all(batches)).flat()).toEqual(batches.map(() => ({ status: 'accepted' })))
    }
  })

  it('a lead that was patched while events of an hour ahead are in keeps the patch and its times', async () => {
    const { workspace: one } = await workspace()
    const leads = new LeadsService(context.database)
    const soon = `${new Date(Date.now() + 1_800_000).toISOString().slice(0, -1)}000Z`
    const data = [{ name: 'Correo', cxt: 'told@example.com' }]
    await ingest.ingest(one.id, [interaction('a', 0, { time: soon, data })])
    const { rows } = await leads.list(one.id, {}, { limit: 1, offset: 0 })
    const { hex } = rows[0]!
    const patched = await leads.patch(one.id, { hex }, { email: 'patched@example.com' })
    expect(patched.updated_at >= patched.created_at).toBe(true)
    await ingest.ingest(one.id, [interaction('b', 0, { time: at(0), data })])
    expect(await leads.get(one.id, { hex })).toMatchObject({ email: 'patched@example.com', updated_at: soon })
  })

  it('events of any month since 2000 find a partition: one for all old times, then one for each month', async () => {
    const { workspace: one } = await workspace()
    const [first, second] = [monthFromNow(-7), monthFromNow(-6)]
    const times = [
      '2000-01-01T00:00:00.000000Z',
      '2013-03-01T00:00:00.000000Z',
      `${monthFromNow(-12)}-01T00:00:00.000000Z`,
      `${second}-01T00:00:00.000000Z`,
      `${new Date(Date.parse(`${second}-01T00:00:00Z`) - 1).toISOString().slice(0, -1)}999Z`,
    ]
    const events = times.map((time, n) => message(`evt_${n}`, 0, { time }))
    expect(await statuses(one.id, events)).toEqual(times.map(() => 'accepted'))
    const { rows } = await context.testDatabase.superuser.query<{ name: string; count: number }>(
      `SELECT tableoid::regclass::text AS name, count(*)::int FROM messages WHERE workspace_id = $1 GROUP BY 1`,
      [one.id],
    )
    const named = (month: string) => `messages_${month.replace('-', '_')}`
    expect(Object.fromEntries(rows.map(({ name, count }) => [name, count]))).toEqual({
      messages_before: 2,
      [named(monthFromNow(-12))]: 1,
      [named(first)]: 1,
      [named(second)]: 1,
    })
  })
})
