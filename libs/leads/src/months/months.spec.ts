import type { PoolClient } from 'pg'
import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'
import { until } from '../../../../test/support/until.js'
import type { ConversationEvent, MessageEvent } from '../ingest/event.js'
import { IngestService } from '../ingest/ingest.service.js'
import { MONTHS_AT_ONCE } from './month-partitions.js'
import { MonthsService } from './months.service.js'

describe('months of messages and interactions', () => {
  let context: TestContext
  let demo: TestWorkspace
  let ingest: IngestService
  let months: MonthsService
  let counted = 0

  beforeEach(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    ingest = new IngestService(context.database)
    months = new MonthsService(context.database)
  })
  afterEach(() => context.close())

  const monthFromNow = (months: number): string => {
    const now = new Date()
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months)).toISOString().slice(0, 7)
  }
  const never = new AbortController().signal
  const sql = (text: string) => context.testDatabase.superuser.query<Record<string, unknown>>(text)
  const message = (time: string): MessageEvent => ({
    id: `evt-${++counted}`,
    type: 'message',
    time,
    bot: 'asistente',
    account: { platform: 'messenger', name: 'Página' },
    user: { id: 'ana' },
    sender: 'user',
    text: 'Hola',
  })
  const monthsFrom = (year: number, count: number): MessageEvent[] =>
    Array.from({ length: count }, (_, n) =>
      message(`${new Date(Date.UTC(year, n, 15)).toISOString().slice(0, -1)}000Z`),
    )
  const statuses = async (events: readonly ConversationEvent[]) =>
    (await ingest.ingest(demo.workspace.id, events)).map(({ status }) => status)
  const partitions = async (parent = 'messages') =>
    (await sql(`SELECT child::text AS name FROM month_ranges('${parent}') ORDER BY since`)).rows.map(
      ({ name }) => name as string,
    )
  /** Those of a database that nothing was written into. */
  const fresh = (parent: string) => [
    `${parent}_before`,
    ...[-1, 0, 1, 2, 3].map((months) => `${parent}_${monthFromNow(months).replace('-', '_')}`),
  ]
  /** As if the database had been made a year after the boundary: what is older than it shares a partition. */
  const moveBoundary = (to: string) =>
    sql(`
      SET timezone = 'UTC';
      CREATE OR REPLACE FUNCTION month_boundary() RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$ SELECT timestamptz '${to}' $$;
      DROP TABLE messages_before, interactions_before;
      CREATE TABLE messages_before PARTITION OF messages FOR VALUES FROM (MINVALUE) TO ('${to}');
      CREATE TABLE interactions_before PARTITION OF interactions FOR VALUES FROM (MINVALUE) TO ('${to}');
      ALTER TABLE messages_before OWNER TO leadferry_owner;
      ALTER TABLE interactions_before OWNER TO leadferry_owner`)
  /** A month from before there was a boundary. */
  const addOldMonth = async (year: number) => {
    await sql(`SET timezone = 'UTC'; DROP TABLE messages_before, interactions_before`)
    for (const parent of ['messages', 'interactions'])
      await sql(`
        CREATE TABLE ${parent}_${year}_05 PARTITION OF ${parent} FOR VALUES FROM ('${year}-05-01') TO ('${year}-06-01');
        CREATE TABLE ${parent}_before PARTITION OF ${parent} FOR VALUES FROM (MINVALUE) TO ('${year}-05-01');
        ALTER TABLE ${parent}_${year}_05 OWNER TO leadferry_owner;
        ALTER TABLE ${parent}_before OWNER TO leadferry_owner`)
  }
  /** A transaction that has read a table, and goes on. */
  async function reading(table: string): Promise<() => Promise<void>> {
    const client: PoolClient = await context.testDatabase.superuser.connect()
    await client.query(`BEGIN; SELECT count(*) FROM ${table}`)
    return async () => {
      await client.query('ROLLBACK')
      client.release()
    }
  }

  it('one request opens a bounded number of them, and rejects the other events by their time, to be sent again', async () => {
    await moveBoundary('2020-01-01')
    const events = [...monthsFrom(2020, MONTHS_AT_ONCE + 2), ...monthsFrom(2003, 3)]
    const outcomes = await ingest.ingest(demo.workspace.id, events)
    const rejected = { status: 'rejected', field: 'time' }
    expect(outcomes).toEqual([
      ...Array.from({ length: MONTHS_AT_ONCE }, () => ({ status: 'accepted' })),
      expect.objectContaining(rejected),
      expect.objectContaining(rejected),
      ...Array.from({ length: 3 }, () => ({ status: 'accepted' })),
    ])
    expect(await partitions()).toHaveLength(fresh('messages').length + MONTHS_AT_ONCE)
    expect(await statuses(events)).toEqual(
      outcomes.map(({ status }) => (status === 'accepted' ? 'duplicate' : 'accepted')),
    )
  })

  it('a month that was there before the boundary stays, and what lies between is one partition, not months', async () => {
    await addOldMonth(2003)
    expect(
      await statuses([...monthsFrom(2002, 12), ...monthsFrom(2003, 12), ...monthsFrom(2010, 24)]),
    ).toEqual(Array.from({ length: 48 }, () => 'accepted'))
    expect(await partitions()).toEqual([
      'messages_before',
      'messages_2003_05',
      'messages_from_2003_06',
      ...fresh('messages').slice(1),
    ])
    const { rows } = await sql(`SELECT count(*)::int FROM messages_2003_05`)
    expect(rows).toEqual([{ count: 1 }])
  })

  it('those without rows are dropped, but for the months around now; those with rows stay', async () => {
    await addOldMonth(2003)
    await addOldMonth(2002)
    await statuses([message('2003-05-02T00:00:00.000000Z'), message('2013-05-02T00:00:00.000000Z')])
    const { rows } = await sql('SELECT * FROM messages ORDER BY id')
    expect(await months.dropEmpty(never)).toBe(4)
    expect(await partitions()).toEqual([
      'messages_before',
      'messages_2003_05',
      'messages_from_2003_06',
      ...fresh('messages').slice(1),
    ])
    expect(await partitions('interactions')).toEqual(fresh('interactions'))
    expect((await sql('SELECT * FROM messages ORDER BY id')).rows).toEqual(rows)
    expect(await months.dropEmpty(never)).toBe(0)
    // Where one was dropped there is a gap, which the next event closes.
    expect(await statuses([message('2002-05-02T00:00:00.000000Z')])).toEqual(['accepted'])
    expect(await partitions()).toContain('messages_from_2002_05')
  })

  it('one that is read is dropped later, and no other session has to wait for that', async () => {
    await addOldMonth(2003)
    const done = await reading('messages')
    expect(await months.dropEmpty(never)).toBe(0)
    const { rows } = await sql(
      `SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'messages'::regclass`,
    )
    expect(rows).toEqual([])
    await done()
    expect(await months.dropEmpty(never)).toBe(2)
  })

  it('an export that reads message users does not keep an empty one from going', async () => {
    await addOldMonth(2003)
    const done = await reading('message_users')
    expect(await months.dropEmpty(never)).toBe(2)
    await done()
  })

  it.each(['alone', 'in the transaction of an Idempotency-Key'])(
    'events of a month that was dropped since this process saw it come in all the same (%s)',
    async (how) => {
      const time = `${monthFromNow(-5)}-15T00:00:00.000000Z`
      await statuses([message(time)])
      await sql('DELETE FROM messages; DELETE FROM event_ids')
      expect(await months.dropEmpty(never)).toBe(2)
      const again = () => statuses([message(time), message('2003-05-02T00:00:00.000000Z')])
      const { id } = demo.workspace
      expect(await (how === 'alone' ? again() : context.database.together(id, again))).toEqual([
        'accepted',
        'accepted',
      ])
    },
  )

  it('requests that open months at the same time wait on one connection, and leave the others to the rest', async () => {
    await moveBoundary('2020-01-01')
    const holder = await context.testDatabase.superuser.connect()
    await holder.query(`SELECT pg_advisory_lock(hashtextextended('open_month', 0))`)
    const waiting = async () =>
      (await sql(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).rowCount ?? 0
    let opened = 0
    const openings = monthsFrom(2020, 8).map(async (event) => {
      await statuses([event])
      opened += 1
    })
    await until('one to wait', async () => (await waiting()) > 0)
    // More often than there are connections in the pool.
    for (let n = 0; n < 20; n += 1) await context.database.check()
    expect([await waiting(), opened]).toEqual([1, 0])
    await holder.query('SELECT pg_advisory_unlock_all()')
    holder.release()
    await Promise.all(openings)
    expect(opened).toBe(8)
  })

  it('a month that cannot be made for locks that others hold is given up after seconds, and made at the next request', async () => {
    const holder = await context.testDatabase.superuser.connect()
    await holder.query('BEGIN; LOCK TABLE message_users IN ROW EXCLUSIVE MODE')
    const event = message(`${monthFromNow(-5)}-15T00:00:00.000000Z`)
    await expect(statuses([event])).rejects.toMatchObject({ code: '55P03' })
    await holder.query('ROLLBACK')
    holder.release()
    expect(await statuses([event])).toEqual(['accepted'])
  })
})
