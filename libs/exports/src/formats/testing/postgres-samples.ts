import pg from 'pg'
import { from, to } from 'pg-copy-streams'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Column, ColumnType } from '#core'
import type { FileFormat, RenderOptions } from '../format.js'
import { columnTypes, type Sample } from './arbitraries.js'
import { collect, newStats, type Rendered } from './render.js'

/** The columns of a sample: each called after its type. */
export const sampleColumns: Column[] = columnTypes.map((type) => ({ name: type, type }))

const names = columnTypes.map((type) => `"${type}"`)

/**
 * What we write in place of PostgreSQL's own text of a type, said in SQL: `true` and `false`, times and dates of
 * ISO 8601 cut to milliseconds, doubles as ECMAScript writes them (Number::toString).
 */
const functions = `
  CREATE FUNCTION pg_temp.iso_day(date) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN y BETWEEN 1 AND 9999 THEN lpad(y::text, 4, '0')
      ELSE CASE WHEN y < 0 THEN '-' ELSE '+' END || lpad(abs(y)::text, greatest(6, length(abs(y)::text)), '0') END
      || '-' || lpad(extract(month FROM $1)::text, 2, '0') || '-' || lpad(extract(day FROM $1)::text, 2, '0')
    FROM (SELECT CASE WHEN e < 0 THEN e + 1 ELSE e END AS y FROM (SELECT extract(year FROM $1)::int AS e)) AS years $$;
  CREATE FUNCTION pg_temp.written(date) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN isfinite($1) THEN pg_temp.iso_day($1) ELSE $1::text END $$;
  CREATE FUNCTION pg_temp.written(timestamptz) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN isfinite($1) THEN pg_temp.iso_day(($1 AT TIME ZONE 'UTC')::date)
      || to_char($1 AT TIME ZONE 'UTC', '"T"HH24:MI:SS.MS"Z"') ELSE $1::text END $$;
  CREATE FUNCTION pg_temp.written(float8) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN $1 = 0 THEN '0'
      WHEN abs($1) >= 1e-6 AND abs($1) < 1e21 THEN ($1::text)::numeric::text
      ELSE regexp_replace($1::text, 'e([+-])0', 'e\\1') END $$;
  CREATE FUNCTION pg_temp.written(bool) RETURNS text LANGUAGE sql AS $$ SELECT $1::text $$`

const ownText = new Set<ColumnType>(['bool', 'timestamptz', 'date', 'float8'])

/** A session on the tests' own PostgreSQL, in UTC, with a table of samples: a column of each type, and `n` that counts rows. */
export class PostgresSamples {
  /** Selects every sample in order, natively. */
  readonly native = `SELECT ${names.join(', ')} FROM pg_temp.samples ORDER BY n`
  /** The same as the text that a file of ours has of it. */
  readonly written = `SELECT ${columnTypes
    .map((type, i) =>
      ownText.has(type) ? `pg_temp.written(${names[i]}) AS ${names[i]}` : `${names[i]}::text`,
    )
    .join(', ')} FROM pg_temp.samples ORDER BY n`

  private constructor(readonly client: pg.Client) {}

  static async connect(): Promise<PostgresSamples> {
    const connectionString = process.env['TEST_SUPERUSER_URL']
    if (connectionString === undefined) throw new Error('TEST_SUPERUSER_URL is not set: run by `npm test`')
    const client = new pg.Client({ connectionString })
    await client.connect()
    const columns = columnTypes.map((type, i) => `${names[i]} ${type}`)
    await client.query(`SET TimeZone = 'UTC'`)
    await client.query(`CREATE TEMP TABLE samples (n int PRIMARY KEY, ${columns.join(', ')})`)
    await client.query(functions)
    return new PostgresSamples(client)
  }

  close = (): Promise<void> => this.client.end()

  /** Puts these samples, and no others, into the table: as parameters, read by PostgreSQL. */
  async put(samples: readonly Sample[]): Promise<void> {
    await this.client.query('TRUNCATE pg_temp.samples')
    const arrays = columnTypes.map((type, i) => `$${i + 1}::${type}[]`)
    await this.client.query(
      `INSERT INTO pg_temp.samples (${names.join(', ')}, n) SELECT * FROM unnest(${arrays.join(', ')}) WITH ORDINALITY`,
      columnTypes.map((type) => samples.map((sample) => sample[type])),
    )
  }

  copy = (sql: string, format: string): AsyncIterable<Buffer> =>
    this.client.query(to(`COPY (${sql}) TO STDOUT (FORMAT ${format})`))

  async render(format: FileFormat, sql: string, options: RenderOptions): Promise<Rendered> {
    const stats = newStats()
    return { file: await collect(format.render(this.copy(sql, 'binary'), options, stats)), stats }
  }

  /** Has PostgreSQL read a csv. */
  async copyFrom(table: string, file: Buffer): Promise<void> {
    const target = this.client.query(from(`COPY ${table} FROM STDIN (FORMAT csv, HEADER MATCH)`))
    await pipeline(Readable.from([file]), target)
  }

  /** What is in the table, as the texts that our files have. */
  async texts(): Promise<Sample[]> {
    return (await this.client.query<Sample>(this.written)).rows
  }
}
