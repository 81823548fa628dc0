import fc from 'fast-check'
import type { ColumnType } from '#core'

/** A value as PostgreSQL's input function of its type reads it; null for NULL. */
export type Literal = string | null

/** Any character that PostgreSQL has: NUL it has not. */
const character = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 1 })
  .map((character) => (character === '\0' ? ' ' : character))

/** Any text, and such as is nasty to one format or another. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: character, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...Array.from('abc,;"\'\n\r\t\\<>&_x0D0é🚀 =+-@|')), maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '\\.',
    '\\N',
    'NULL',
    'null',
    '_x000D_',
    '_x005F_',
    '+51987654321',
    '007',
    '1e5',
    'true',
  ),
  fc.constantFrom(
    '2026-01-31',
    '\ufeff',
    '\ufffe',
    '\u2028',
    '\u0085',
    '\u00a0x\u00a0',
    '👩‍👩‍👧‍👦',
    'e\u0301',
    'שלום',
  ),
)

const json = fc.jsonValue({ maxDepth: 4, stringUnit: character }).map((value) => JSON.stringify(value))

/** A moment or a day by its Julian number, the way to name one before year 1 and after 9999. */
const julianDay = (first: number, last: number) =>
  fc.integer({ min: first, max: last }).map((day) => `J${day}`)
/** 0001-01-01 to 9999-12-31 */
const FOUR_DIGITS = [1_721_426, 5_373_484] as const
/** 2000-01-01 to 2040-12-31: what leads are of. */
const OF_OURS = [2_451_545, 2_466_520] as const
const timeOfDay = fc
  .integer({ min: 0, max: 86_400_000_000 - 1 })
  .map(
    (us) => new Date(Math.floor(us / 1000)).toISOString().slice(11, 23) + String(us % 1000).padStart(3, '0'),
  )

const numeric = fc
  .tuple(fc.constantFrom('', '-'), fc.stringMatching(/^(0|[1-9]\d{0,24})(\.\d{1,24})?$/))
  .map((parts) => parts.join(''))

/** Every value that a column of a type can have but for its length, the ends of its range among them. */
export const literals: Record<ColumnType, fc.Arbitrary<string>> = {
  text: anyText,
  jsonb: json,
  int8: fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }).map(String),
    fc.integer().map(String),
  ),
  int4: fc.integer().map(String),
  float8: fc.double().map((value) => (Object.is(value, -0) ? '-0' : String(value))),
  bool: fc.boolean().map(String),
  timestamptz: fc.oneof(
    fc.tuple(julianDay(...OF_OURS), timeOfDay).map(([day, time]) => `${day} ${time}+00`),
    fc.tuple(julianDay(...FOUR_DIGITS), timeOfDay).map(([day, time]) => `${day} ${time}+00`),
    fc.tuple(julianDay(1, 109_203_527), timeOfDay).map(([day, time]) => `${day} ${time}+00`),
    fc.constantFrom(
      'infinity',
      '-infinity',
      '0001-12-31 23:59:59.999999+00 BC',
      '9999-12-31 23:59:59.999999+00',
    ),
  ),
  date: fc.oneof(
    julianDay(...OF_OURS),
    julianDay(...FOUR_DIGITS),
    julianDay(0, 2_147_483_493),
    fc.constantFrom('infinity', '-infinity', '0001-12-31 BC', '9999-12-31', '1900-02-28', '1900-03-01'),
  ),
  uuid: fc.uuid(),
  numeric: fc.oneof(
    numeric,
    numeric,
    fc.constantFrom(
      'NaN',
      'Infinity',
      '-Infinity',
      '0.000',
      '1e30',
      '1e-30',
      '1e-400',
      '-1e400',
      '100000000000000000.0',
    ),
  ),
}

export const columnTypes = Object.keys(literals) as ColumnType[]

/** A row with a column of each type. */
export type Sample = Record<ColumnType, Literal>

export const samples = (constraints: fc.ArrayConstraints): fc.Arbitrary<Sample[]> =>
  fc.array(
    fc.record(
      Object.fromEntries(columnTypes.map((type) => [type, fc.option(literals[type], { freq: 8 })])) as Record<
        ColumnType,
        fc.Arbitrary<Literal>
      >,
    ),
    constraints,
  )
