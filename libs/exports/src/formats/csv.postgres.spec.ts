import pg from 'pg'
import { to } from 'pg-copy-streams'
import type { Column } from '#core'
import { csv } from './csv.js'
import { ndjson } from './ndjson.js'
import { collect, newStats } from './testing/render.js'

/** Every nasty thing a cell may hold, alone and in company. */
const texts = `VALUES
  (1, 'plain', NULL), (2, '', ''), (3, 'a,b', 'say "hi"'), (4, E'two\\nlines', E'c\\rr'), (5, ' blanks ', E'\\ttab'),
  (6, '\\.', 'NULL'), (7, '=1+1', '+51987654321'), (8, 'María 🚀', repeat('ñ,', 40000)), (9, NULL, NULL),
  (10, E'\\\\', ';'), (11, '"', '""')`

/** The only independent reader of a csv's every byte is PostgreSQL itself. */
describe('csv and PostgreSQL', () => {
  let client: pg.Client

  beforeAll(async () => {
    const connectionString = process.env['TEST_SUPERUSER_URL']
    if (connectionString === undefined) throw new Error('TEST_SUPERUSER_URL is not set: run by `npm test`')
    client = new pg.Client({ connectionString })
    await client.connect()
    await client.query(`SET TimeZone = 'UTC'`)
  })

  afterAll(() => client.end())

  const copy = (sql: string, format: string) => client.query(to(`COPY (${sql}) TO STDOUT (FORMAT ${format})`))

  async function render(format: typeof csv, sql: string, columns: Column[]): Promise<Buffer> {
    const options = { columns, csv: { profile: 'machine' as const, raw: true } }
    return collect(format.render(copy(sql, 'binary'), options, newStats()))
  }

  async function expectSame(sql: string, columns: Column[]): Promise<void> {
    const theirs = await collect(copy(sql, 'csv, HEADER'))
    const ours = await render(csv, sql, columns)
    const same = ours.equals(theirs)
    // A cell can be of 100 KB: what differs is shown in part.
    if (!same) expect(ours.toString().slice(0, 2000)).toBe(theirs.toString().slice(0, 2000))
    expect(same).toBe(true)
  }

  it('agree on texts, byte for byte', async () => {
    const sql = `SELECT a, b AS "b,""c""" FROM (${texts}) AS t (n, a, b) ORDER BY n`
    await expectSame(sql, [
      { name: 'a', type: 'text' },
      { name: 'b,"c"', type: 'text' },
    ])
  })

  it('agree on a text that is alone in its line', async () => {
    for (const column of ['a', 'b']) {
      await expectSame(`SELECT ${column} AS c FROM (${texts}) AS t (n, a, b) ORDER BY n`, [
        { name: 'c', type: 'text' },
      ])
    }
  })

  it('agree on every character below U+0800 at every place of a word', async () => {
    const sql = `SELECT repeat('x', n % 6) || chr(n) || repeat('y', n % 5) AS c FROM generate_series(1, 2047) n ORDER BY n`
    await expectSame(sql, [{ name: 'c', type: 'text' }])
  })

  it('agree on numbers, uuids, dates and jsonb', async () => {
    const sql = `SELECT (n::int8 * n * n * 7919 - 1000000000000) AS i, (n - 500)::int4 AS j, (n::numeric ^ 7 - 1e9) / 1e10 * n AS k,
        md5(n::text)::uuid AS u, '0001-01-01'::date + n * 3650 AS d, jsonb_build_object('n', n, 't', 'a,"b"') AS j2
      FROM generate_series(1, 1000) n ORDER BY n`
    await expectSame(sql, [
      { name: 'i', type: 'int8' },
      { name: 'j', type: 'int4' },
      { name: 'k', type: 'numeric' },
      { name: 'u', type: 'uuid' },
      { name: 'd', type: 'date' },
      { name: 'j2', type: 'jsonb' },
    ])
  })

  it('agree on the longest numerics and on what is no number', async () => {
    const sql = `SELECT v AS c FROM (VALUES (1, 'NaN'::numeric), (2, 'Infinity'), (3, '-Infinity'), (4, 0::numeric), (5, 0.000),
      (6, ('-1e131071')::numeric), (7, 1e100::numeric + 1e-100::numeric), (8, '1e-16383'::numeric)) AS t (n, v) ORDER BY n`
    await expectSame(sql, [{ name: 'c', type: 'numeric' }])
  })

  it('agree on moments, which PostgreSQL makes out of our text', async () => {
    const sql = `SELECT t FROM (SELECT timestamptz '1883-01-01' + n * interval '97 days 5 hours 7.123456 seconds' AS t
      FROM generate_series(1, 2000) n UNION ALL SELECT 'infinity' UNION ALL SELECT '-infinity') s ORDER BY t`
    for (const timeZone of ['UTC', 'America/Lima', 'Europe/Madrid', 'Asia/Kathmandu']) {
      const options = { columns: [{ name: 't', type: 'timestamptz' as const }], timeZone }
      const file = await collect(csv.render(copy(sql, 'binary'), options, newStats()))
      const written = file.toString().trim().split('\n').slice(1)
      const { rows } = await client.query<{ same: boolean }>(
        `SELECT bool_and(written = date_trunc('milliseconds', t)) AND count(*) = $2 AS same
         FROM unnest($1::timestamptz[]) WITH ORDINALITY AS w (written, n)
         JOIN (SELECT t, row_number() OVER (ORDER BY t) AS n FROM (${sql}) s) AS truth USING (n)`,
        [written, written.length],
      )
      expect(rows).toEqual([{ same: true }])
    }
  })

  it('agree on what a row is in JSON', async () => {
    const inner = `SELECT n::int8 AS id, a, b, jsonb_build_object('a', a, 'deep', jsonb_build_array(b, n, true)) AS o FROM (${texts}) AS t (n, a, b)`
    const file = await render(ndjson, `${inner} ORDER BY n`, [
      { name: 'id', type: 'int8' },
      { name: 'a', type: 'text' },
      { name: 'b', type: 'text' },
      { name: 'o', type: 'jsonb' },
    ])
    const { rows } = await client.query<{ row: object }>(
      `SELECT to_jsonb(r) AS row FROM (${inner} ORDER BY n) r`,
    )
    expect(
      file
        .toString()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual(rows.map(({ row }) => row))
  })

  it('leave no connection busy when the COPY fails midway', async () => {
    const source = copy('SELECT 10 / (3000 - n) AS c FROM generate_series(1, 5000) n', 'binary')
    const columns = [{ name: 'c', type: 'int4' as const }]
    await expect(collect(csv.render(source, { columns }, newStats()))).rejects.toThrow('division by zero')
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })
})
