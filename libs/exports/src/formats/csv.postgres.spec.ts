import fc from 'fast-check'
import type { Column } from '#core'
import { csv } from './csv.js'
import { ndjson } from './ndjson.js'
import { anyText, columnTypes, type Sample, samples } from './testing/arbitraries.js'
import { PostgresSamples, sampleColumns } from './testing/postgres-samples.js'
import { readCsv } from './testing/readers.js'
import { collect, newStats } from './testing/render.js'

/** Every nasty thing a cell may hold, alone and in company. */
const texts = `VALUES
  (1, 'plain', NULL), (2, '', ''), (3, 'a,b', 'say "hi"'), (4, E'two\\nlines', E'c\\rr'), (5, ' blanks ', E'\\ttab'),
  (6, '\\.', 'NULL'), (7, '=1+1', '+51987654321'), (8, 'María 🚀', repeat('ñ,', 40000)), (9, NULL, NULL),
  (10, E'\\\\', ';'), (11, '"', '""')`

/** Microseconds we cut; years in ISO 8601's expanded form are the one thing that PostgreSQL has no reader for. */
const asFarAsPostgresReads = `UPDATE samples SET
  "timestamptz" = CASE WHEN "timestamptz" >= '0001-01-01' AND "timestamptz" < '10000-01-01' OR NOT isfinite("timestamptz")
    THEN date_trunc('milliseconds', "timestamptz") END,
  "date" = CASE WHEN "date" BETWEEN '0001-01-01' AND '9999-12-31' OR NOT isfinite("date") THEN "date" END`

/**
 * Of two neighbours' middle ECMAScript writes the shorter text, since readers round to the even one; PostgreSQL does not
 * lean on that, so there its digits are others. Only doubles from 2^53 to 10^39 or so have such a text.
 */
function withoutMiddles(sample: Sample): Sample {
  const distance = Math.abs(Number(sample.float8))
  return distance >= 2 ** 53 && distance < 1e40 ? { ...sample, float8: null } : sample
}

const rowsOf = (maxLength: number) =>
  samples({ minLength: 1, maxLength }).map((rows) => rows.map(withoutMiddles))

/** The only independent reader of a csv's every byte is PostgreSQL itself. */
describe('csv and PostgreSQL', () => {
  let postgres: PostgresSamples

  beforeAll(async () => {
    postgres = await PostgresSamples.connect()
  })

  afterAll(() => postgres.close())

  const raw = { profile: 'machine' as const, raw: true }
  const copy = (sql: string, format: string) => postgres.copy(sql, format)

  async function expectSame(sql: string, columns: Column[]): Promise<void> {
    const theirs = await collect(copy(sql, 'csv, HEADER'))
    const { file: ours } = await postgres.render(csv, sql, { columns, csv: raw })
    expectBytes(ours, theirs)
  }

  function expectBytes(ours: Buffer, theirs: Buffer): void {
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
      const { rows } = await postgres.client.query<{ same: boolean }>(
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
    const columns: Column[] = [
      { name: 'id', type: 'int8' },
      { name: 'a', type: 'text' },
      { name: 'b', type: 'text' },
      { name: 'o', type: 'jsonb' },
    ]
    const { file } = await postgres.render(ndjson, `${inner} ORDER BY n`, { columns })
    const { rows } = await postgres.client.query<{ row: object }>(
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

  it('agree on any row of any types, and csv-parse reads what was put in', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf(40), async (rows) => {
        await postgres.put(rows)
        const theirs = await collect(copy(postgres.written, 'csv, HEADER'))
        const { file } = await postgres.render(csv, postgres.native, { columns: sampleColumns, csv: raw })
        expectBytes(file, theirs)
        const texts = (await postgres.texts()).map((row) => columnTypes.map((type) => row[type]))
        expect(readCsv(file)).toEqual([columnTypes, ...texts])
      }),
      { numRuns: 100 },
    )
  })

  it('agree with the guard on, where no text begins like a formula', async () => {
    const harmless = rowsOf(20).map((rows) =>
      rows.map((row): Sample => {
        const text = row.text?.replaceAll(/[=+\-@＝＋－＠]/g, 'x').replace(/^[\t\r\n]+/, '') ?? null
        // In JSON the signs stand in texts and numbers alike.
        const jsonb = row.jsonb !== null && /[;\t]/.test(row.jsonb) ? null : row.jsonb
        return { ...row, text, jsonb }
      }),
    )
    await fc.assert(
      fc.asyncProperty(harmless, async (rows) => {
        await postgres.put(rows)
        const theirs = await collect(copy(postgres.written, 'csv, HEADER'))
        const { file } = await postgres.render(csv, postgres.native, { columns: sampleColumns })
        expectBytes(file, theirs)
      }),
      { numRuns: 50 },
    )
  })

  it('differ by one apostrophe, and by nothing else, where one does', async () => {
    await postgres.client.query('CREATE TEMP TABLE pairs (n int, a text, b text)')
    // What is guarded inside a text, and behind blanks, csv.spec has.
    const harmlessText = anyText.map((text) => text.replaceAll(/[=+\-@＝＋－＠]/g, 'x'))
    const formula = fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'), harmlessText)
      .map((parts) => parts.join(''))
    const guarded = (column: string) =>
      `CASE WHEN ${column} ~ '^[-=+@＝＋－＠\\t\\r\\n]' THEN '''' ELSE '' END || ${column} AS ${column}`
    const columns: Column[] = ['a', 'b'].map((name) => ({ name, type: 'text' }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(formula, harmlessText), { minLength: 1, maxLength: 20 }),
        async (rows) => {
          await postgres.client.query('TRUNCATE pairs')
          await postgres.client.query(
            'INSERT INTO pairs (a, b, n) SELECT * FROM unnest($1::text[], $2::text[]) WITH ORDINALITY',
            [rows.map(([a]) => a), rows.map(([, b]) => b)],
          )
          const theirs = await collect(
            copy(`SELECT ${guarded('a')}, ${guarded('b')} FROM pairs ORDER BY n`, 'csv, HEADER'),
          )
          const { file } = await postgres.render(csv, 'SELECT a, b FROM pairs ORDER BY n', { columns })
          expectBytes(file, theirs)
        },
      ),
    )
  })

  it('agree on names of columns, which are whatever a metadata has', async () => {
    const name = anyText.filter((text) => text !== '' && Buffer.byteLength(text) <= 63)
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 5 }), async (names) => {
        const list = names.map((name) => `1 AS "${name.replaceAll('"', '""')}"`).join(', ')
        await expectSame(
          `SELECT ${list}`,
          names.map((name) => ({ name, type: 'int4' })),
        )
      }),
    )
  })

  it('read one another: COPY FROM makes the same rows of our file', async () => {
    await postgres.client.query('CREATE TEMP TABLE back (LIKE samples)')
    await postgres.client.query(
      'ALTER TABLE back DROP COLUMN n, ADD COLUMN n int GENERATED ALWAYS AS IDENTITY',
    )
    const list = columnTypes.map((type) => `"${type}"`).join(', ')
    const differ = columnTypes.map((type) => `samples."${type}" IS DISTINCT FROM back."${type}"`).join(' OR ')
    await fc.assert(
      fc.asyncProperty(samples({ minLength: 1, maxLength: 40 }), async (rows) => {
        await postgres.put(rows)
        await postgres.client.query(asFarAsPostgresReads)
        const { file } = await postgres.render(csv, postgres.native, { columns: sampleColumns, csv: raw })
        await postgres.client.query('TRUNCATE back RESTART IDENTITY')
        await postgres.copyFrom(`back (${list})`, file)
        const { rows: differing } = await postgres.client.query(
          `SELECT * FROM samples FULL JOIN back USING (n) WHERE ${differ}`,
        )
        expect(differing).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('leave no connection busy when the COPY fails midway', async () => {
    const source = copy('SELECT 10 / (3000 - n) AS c FROM generate_series(1, 5000) n', 'binary')
    const columns = [{ name: 'c', type: 'int4' as const }]
    await expect(collect(csv.render(source, { columns }, newStats()))).rejects.toThrow('division by zero')
    expect((await postgres.client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })
})
