import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import type { ColumnType } from '#core'
import type { FileFormat } from './format.js'
import { json } from './json.js'
import { ndjson } from './ndjson.js'
import { columnTypes, type Literal, type Sample, samples } from './testing/arbitraries.js'
import { PostgresSamples, sampleColumns } from './testing/postgres-samples.js'

const parsers: [FileFormat, (file: Buffer) => unknown[]][] = [
  [json, (file) => JSON.parse(file.toString()) as unknown[]],
  [
    ndjson,
    (file) =>
      file
        .toString()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown),
  ],
]

/** What JSON.parse makes of a value whose text PostgreSQL has told. */
function valueOf(type: ColumnType, text: Literal): unknown {
  if (text === null) return null
  switch (type) {
    case 'int4':
    case 'int8':
      return Number(text)
    case 'float8':
    case 'numeric':
      return /^-?\d/.test(text) ? Number(text) : text
    case 'bool':
      return text === 'true'
    case 'jsonb':
      return JSON.parse(text) as unknown
    case 'text':
    case 'timestamptz':
    case 'date':
    case 'uuid':
      return text
  }
}

const objectOf = (row: Sample) =>
  Object.fromEntries(columnTypes.map((type) => [type, valueOf(type, row[type])]))

/** JSON.parse has doubles only; jsonb keeps every digit. */
const sameToTheDigit: Record<ColumnType, string> = {
  text: `o ->> 'text' IS NOT DISTINCT FROM text`,
  jsonb: `o -> 'jsonb' = coalesce(jsonb, 'null')`,
  int8: `o ->> 'int8' IS NOT DISTINCT FROM int8::text`,
  int4: `o ->> 'int4' IS NOT DISTINCT FROM int4::text`,
  float8: `(o ->> 'float8')::float8 IS NOT DISTINCT FROM float8`,
  bool: `(o ->> 'bool')::bool IS NOT DISTINCT FROM bool`,
  timestamptz: `o ->> 'timestamptz' IS NOT DISTINCT FROM pg_temp.written("timestamptz")`,
  date: `o ->> 'date' IS NOT DISTINCT FROM pg_temp.written("date")`,
  uuid: `o ->> 'uuid' IS NOT DISTINCT FROM uuid::text`,
  numeric: `o ->> 'numeric' IS NOT DISTINCT FROM "numeric"::text`,
}

describe('json and PostgreSQL', () => {
  let postgres: PostgresSamples

  beforeAll(async () => {
    postgres = await PostgresSamples.connect()
  })
  afterAll(() => postgres.close())

  it.each(parsers.map(([format, parse]) => [format.name, format, parse] as const))(
    '%s: JSON.parse reads what was put in, whatever its type',
    async (_, format, parse) => {
      await fc.assert(
        fc.asyncProperty(samples({ maxLength: 40 }), async (rows) => {
          await postgres.put(rows)
          const { file } = await postgres.render(format, postgres.native, { columns: sampleColumns })
          const read = parse(file)
          const expected = (await postgres.texts()).map(objectOf)
          // The text of an object that has "__proto__" for a key is compared right by this, and by toEqual not.
          if (!isDeepStrictEqual(read, expected)) expect(read).toEqual(expected)
          expect(isDeepStrictEqual(read, expected)).toBe(true)
        }),
        { numRuns: 100 },
      )
    },
  )

  it('ndjson: PostgreSQL’s own reader finds every digit', async () => {
    await fc.assert(
      fc.asyncProperty(samples({ minLength: 1, maxLength: 40 }), async (rows) => {
        await postgres.put(rows)
        const { file } = await postgres.render(ndjson, postgres.native, { columns: sampleColumns })
        const same = columnTypes.map((type) => `(${sameToTheDigit[type]}) AS "${type}"`).join(', ')
        const { rows: answers } = await postgres.client.query<Record<ColumnType, boolean>>(
          `SELECT ${same} FROM pg_temp.samples
           JOIN unnest($1::jsonb[]) WITH ORDINALITY AS lines (o, n) USING (n) ORDER BY n`,
          [file.toString().split('\n').slice(0, -1)],
        )
        expect(answers).toEqual(rows.map(() => Object.fromEntries(columnTypes.map((type) => [type, true]))))
      }),
      { numRuns: 100 },
    )
  })
})
