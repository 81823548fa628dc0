import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { Client } from '../support/api/client.js'
import { TestContext } from '../support/context.js'
import { cli } from '../support/programs/cli.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { until } from '../support/until.js'
import { projectRoot } from '../../tools/local-stack/project-root.js'

// Each test of a release starts several processes.
jest.setTimeout(120_000)

const folder = join(projectRoot(), 'test/migrations/releases')
const releases = readdirSync(folder).map((file) => file.replace(/\.sql$/, ''))

describe.each(releases)('a database that release %s left behind', (release) => {
  const dump = readFileSync(join(folder, `${release}.sql`), 'utf8')
  const tokenOf = (kind: string) => new RegExp(`^-- ${kind} (\\S+)$`, 'm').exec(dump)![1]!
  let old: TestDatabase
  let contents: Map<string, string>
  let context: TestContext

  beforeAll(async () => {
    old = await createTestDatabase('template0')
    // A session of its own: the dump changes its settings.
    const client = await old.superuser.connect()
    await client.query(dump)
    await client.query(oldMonths)
    client.release(true)
    contents = await contentsOf(old.superuser, await columnsOf(old.superuser))
    expect(await cli(old.urls, 'migrate')).toContain('The database is up to date.')
    context = await TestContext.create('postgres', { ...old.urls })
  }, 120_000)
  afterAll(async () => {
    await context.close()
    await old.drop()
  })

  it('has the tables of a new one afterwards, with their columns, keys, indexes, policies, functions and grants', async () => {
    const fresh = await catalogOf(context.testDatabase.superuser)
    expect(fresh.length).toBeGreaterThan(200)
    expect(await catalogOf(old.superuser)).toEqual(fresh)
  })

  it('has every row that it had, unchanged', async () => {
    expect([...contents.values()].filter((content) => !content.startsWith('0 ')).length).toBeGreaterThan(15)
    const columns = new Map([...(await columnsOf(old.superuser))].filter(([table]) => contents.has(table)))
    const before = await columnsBefore()
    for (const [table, names] of columns)
      columns.set(
        table,
        names.filter((name) => before.get(table)!.includes(name)),
      )
    expect(await contentsOf(old.superuser, columns)).toEqual(contents)
  })

  const months = async () =>
    (
      await old.superuser.query<{ name: string }>(
        `SELECT child::text AS name FROM month_ranges('messages') ORDER BY since`,
      )
    ).rows.map(({ name }) => name)

  it('keeps the months that it had, and has one partition for all times before them', async () => {
    expect((await months()).slice(0, 3)).toEqual(['messages_before', 'messages_2003_05', 'messages_2003_06'])
  })

  /** Of the release, which a database of its own has again. */
  async function columnsBefore(): Promise<Map<string, string[]>> {
    const again = await createTestDatabase('template0')
    try {
      const client = await again.superuser.connect()
      await client.query(dump)
      client.release(true)
      return await columnsOf(again.superuser)
    } finally {
      await again.drop()
    }
  }

  describe('is gone on with', () => {
    let gateway: Program
    let worker: Program
    let api: Client

    beforeAll(async () => {
      // As if it had been left behind a moment ago: what ends by the clock has not ended.
      await old.superuser.query(
        `UPDATE idempotency_keys SET expires_at = clock_timestamp() + interval '1 day'`,
      )
      await old.superuser.query(
        `UPDATE exports SET expires_at = clock_timestamp() + interval '7 days' WHERE state = 'completed'`,
      )
      gateway = await startProgram('gateway', context.env)
      worker = await startProgram('worker', context.env)
      api = new Client(`${context.config.PUBLIC_URL}/api/v1`, tokenOf('api_key'))
    }, 60_000)
    afterAll(async () => {
      await gateway.stop(10_000)
      await worker.stop(10_000)
    })

    const completed = (id: string) =>
      until('the export', async () => {
        const { body } = await api.get(`/exports/${id}`)
        return body.state === 'completed' && body
      })

    it('by its keys: leads are listed, made and exported', async () => {
      const { body } = await api.get('/leads?size=100')
      const { rows } = await old.superuser.query('SELECT FROM leads')
      expect(body.data).toHaveLength(rows.length)
      expect((await api.post('/leads', { name: 'New', email: 'new@example.com' })).status).toBe(201)
      expect((await api.post('/leads', { name: 'New', email: 'lead-0@example.com' })).status).toBe(409)
      const accepted = await api.post('/exports', { dataset: 'leads', format: 'csv' })
      expect((await completed(accepted.body.id as string)).rows).toBe(rows.length + 1)
      const archive = await new Client(`${context.config.PUBLIC_URL}/api/v1`).get(
        `/acme/archive/list?token=${tokenOf('app_token')}`,
      )
      expect([archive.status, JSON.stringify(archive.body).length > 50]).toEqual([200, true])
    })

    it('what waited is done, and what had ended stays as it was', async () => {
      const { body } = await api.get('/exports?size=100')
      const exports = body.data as {
        id: string
        dataset: string
        format: string
        gzip: boolean
        state: string
      }[]
      const waited = exports.findLast(
        ({ dataset, format, gzip }) => dataset === 'leads' && format === 'csv' && !gzip,
      )
      await completed(waited!.id)
      const ended = exports.filter(({ format, gzip }) => format !== 'csv' || gzip)
      expect(ended.map(({ format, state }) => [format, state]).sort()).toEqual([
        ['csv', 'completed'],
        ['ndjson', 'cancelled'],
        ['xlsx', 'completed'],
      ])
    })

    it('by events of old times, which open no months, and without the months that are empty', async () => {
      await until('the empty month', async () => !(await months()).includes('messages_2003_06'))
      const times = [2000, 2004, 2011, 2018].map((year) => `${year}-07-01T00:00:00Z`)
      const common = { type: 'message', bot: 'asistente', user: { id: '0' }, sender: 'user', text: 'Hola' }
      const account = { platform: 'messenger', name: 'Mi página' }
      const events = times.map((time) => ({ id: time, time, account, ...common }))
      expect((await api.post('/acme/events', { events })).body).toMatchObject({ accepted: times.length })
      expect((await months()).slice(0, 4)).toEqual([
        'messages_before',
        'messages_2003_05',
        'messages_from_2003_06',
        expect.stringMatching(/^messages_20[2-9]\d_\d\d$/),
      ])
      const { body } = await api.get('/acme/messages?endDate=2018-12-31')
      expect((body.data as { time: string }[]).map(({ time }) => time.slice(0, 4))).toEqual([
        '2018',
        '2011',
        '2004',
        '2003',
        '2000',
      ])
    })

    it('by the same Idempotency-Key: what was answered is answered again', async () => {
      const again = await api.post(
        '/leads',
        { name: 'Once', email: 'once@example.com' },
        { 'Idempotency-Key': 'once' },
      )
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    })
  })
})

/** What releases without a boundary made for a message of May 2003, and for nothing that lasted in June. */
const oldMonths = `
  -- A dump turns it off for the session.
  SET row_security = on;
  SELECT public.ensure_month_partitions('2003-05-01T00:00:00Z', '2003-06-01T00:00:00Z');
  INSERT INTO public.messages (workspace_id, occurred_at, event_id, chatbot_id, account_id, message_user_id, sender, text)
    SELECT workspace_id, '2003-05-07T10:00:00Z', 'evt-2003', chatbot_id, account_id, message_user_id, sender, text
    FROM public.messages LIMIT 1`

/** The columns of every table that holds something of ours, by its name; a partitioned one as a whole. */
async function columnsOf(superuser: pg.Pool): Promise<Map<string, string[]>> {
  const { rows } = await superuser.query<{ name: string; columns: string[] }>(`
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attname) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname <> 'migrations'
    GROUP BY c.relname`)
  return new Map(rows.map(({ name, columns }) => [name, columns]))
}

/** How many rows there are in each table, and a digest of them all. */
async function contentsOf(superuser: pg.Pool, columns: Map<string, string[]>): Promise<Map<string, string>> {
  const contents = new Map<string, string>()
  for (const [table, names] of columns) {
    const row = `(SELECT r FROM (SELECT ${names.map((name) => `t."${name}"`).join(', ')}) r)::text`
    const { rows } = await superuser.query<{ content: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(${row}, E'\\n' ORDER BY ${row})), '') AS content FROM "${table}" t`,
    )
    contents.set(table, rows[0]!.content)
  }
  return contents
}

/** Everything that makes up the tables, a line each; partitions of months are the janitor's, not a migration's. */
async function catalogOf(superuser: pg.Pool): Promise<string[]> {
  const { rows } = await superuser.query<{ line: string }>(`
    WITH tables AS (
      SELECT * FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S') AND NOT relispartition
    )
    SELECT format('relation %s %s %s %s %s %s', relkind, relname, pg_get_userbyid(relowner), relrowsecurity,
      relforcerowsecurity, (SELECT array_agg(g::text ORDER BY g::text) FROM unnest(relacl) g)) AS line FROM tables
    UNION ALL
    SELECT format('column %s.%s %s %s %s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull,
      attidentity, attcollation::regcollation, pg_get_expr(adbin, adrelid))
    FROM tables t JOIN pg_attribute ON attrelid = t.oid AND attnum > 0 AND NOT attisdropped
      LEFT JOIN pg_attrdef ON adrelid = t.oid AND adnum = attnum
    UNION ALL
    SELECT format('constraint %s %s', relname, pg_get_constraintdef(c.oid))
    FROM tables t JOIN pg_constraint c ON conrelid = t.oid
    UNION ALL
    SELECT pg_get_indexdef(indexrelid) FROM tables t JOIN pg_index ON indrelid = t.oid
    UNION ALL
    SELECT format('policy %s.%s %s %s %s %s', tablename, policyname, roles, cmd, qual, with_check)
    FROM pg_policies WHERE schemaname = 'public'
    UNION ALL
    SELECT pg_get_triggerdef(g.oid) FROM tables t JOIN pg_trigger g ON tgrelid = t.oid WHERE NOT tgisinternal
    UNION ALL
    SELECT format('%s %s', pg_get_functiondef(oid), (SELECT array_agg(g::text ORDER BY g::text) FROM unnest(proacl) g))
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY 1`)
  return rows.map(({ line }) => line)
}
