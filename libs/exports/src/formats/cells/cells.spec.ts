import fc from 'fast-check'
import type { ColumnType } from '#core'
import { csv } from '../csv.js'
import type { Field } from '../testing/copy-encoder.js'
import { renderColumn } from '../testing/render.js'

async function cells(type: ColumnType, fields: Field[], timeZone?: string): Promise<string[]> {
  const { file } = await renderColumn(csv, type, fields, { timeZone })
  return file.toString().split('\n').slice(1, -1)
}

describe('numbers', () => {
  it('writes any int8', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), async (values) => {
        expect(await cells('int8', values)).toEqual(values.map(String))
      }),
    )
  })

  it.each([0n, 9n, 10n, 99n, 100n, 999_999_999n, 10n ** 9n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n])(
    'writes %d and its negative',
    async (value) => {
      expect(await cells('int8', [value, -value - 1n])).toEqual([`${value}`, `${-value - 1n}`])
    },
  )

  it('writes any int4', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer()), async (values) => {
        expect(await cells('int4', values)).toEqual(values.map(String))
      }),
    )
  })

  it('writes a float8 so that it reads back the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noNaN: true })), async (values) => {
        expect((await cells('float8', values)).map(Number)).toEqual(values.map((value) => value + 0))
      }),
    )
    expect(await cells('float8', [NaN, Infinity, -Infinity, 1.5])).toEqual([
      'NaN',
      'Infinity',
      '-Infinity',
      '1.5',
    ])
  })

  it('writes a numeric with all digits of its scale', async () => {
    const values = [
      '0',
      '0.00',
      '-0.5',
      '1',
      '10000',
      '100000000',
      '12345.6789',
      '0.00001',
      '-99999999.0001',
      '3.14000',
    ]
    values.push(`${'9'.repeat(60)}.${'1'.repeat(61)}`, `0.${'0'.repeat(40)}1`)
    expect(await cells('numeric', values)).toEqual(values)
    expect(await cells('numeric', ['NaN', 'Infinity', '-Infinity'])).toEqual(['NaN', 'Infinity', '-Infinity'])
  })

  it('has room for the longest numeric', async () => {
    const longest = `-9${'0'.repeat(131_071)}.${'0'.repeat(16_382)}1`
    expect((await cells('numeric', [longest, longest])).every((cell) => cell === longest)).toBe(true)
  })
})

describe('uuid and bool', () => {
  it('writes them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uuid()), async (values) =>
        expect(await cells('uuid', values)).toEqual(values),
      ),
    )
    expect(await cells('bool', [true, false, null])).toEqual(['true', 'false', ''])
  })
})

describe('times', () => {
  it('writes any time that Date knows as Date does', async () => {
    const dates = fc.date({ noInvalidDate: true, min: new Date('0001-01-01T00:00:00Z') })
    await fc.assert(
      fc.asyncProperty(fc.array(dates), async (values) => {
        expect(
          await cells(
            'timestamptz',
            values.map((date) => date.toISOString()),
          ),
        ).toEqual(values.map((date) => date.toISOString()))
      }),
    )
  })

  it('cuts microseconds, before 2000 too', async () => {
    expect(await cells('timestamptz', [999n, -1n, 1_999_999n])).toEqual([
      '2000-01-01T00:00:00.000Z',
      '1999-12-31T23:59:59.999Z',
      '2000-01-01T00:00:01.999Z',
    ])
    // Where a double would round the last microsecond up.
    expect(await cells('timestamptz', [2n ** 52n - 497n, 2n ** 53n + 1_007n])).toEqual([
      '2142-09-17T23:53:47.369Z',
      '2285-06-04T23:47:34.741Z',
    ])
  })

  it('writes infinity', async () => {
    const infinities = [2n ** 63n - 1n, -(2n ** 63n)]
    expect(await cells('timestamptz', infinities)).toEqual(['infinity', '-infinity'])
    expect(await cells('timestamptz', infinities, 'America/Lima')).toEqual(['infinity', '-infinity'])
    expect(await cells('date', [0x7fff_ffff, -0x8000_0000])).toEqual(['infinity', '-infinity'])
  })

  it('writes years beyond four digits in the expanded form', async () => {
    // The ends of PostgreSQL's range: 4714-11-24 BC, which is year -4713, and 294276-12-31.
    expect(await cells('timestamptz', [-211_813_488_000_000_000n, 9_223_371_331_199_999_999n])).toEqual([
      '-004713-11-24T00:00:00.000Z',
      '+294276-12-31T23:59:59.999Z',
    ])
    expect(
      await cells('timestamptz', [
        '0000-12-31T23:59:59Z',
        '0001-01-01T00:00:00Z',
        '9999-12-31T23:59:59.999Z',
      ]),
    ).toEqual(['+000000-12-31T23:59:59.000Z', '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])
    expect(await cells('timestamptz', ['+010000-01-01T00:00:00Z'])).toEqual(['+010000-01-01T00:00:00.000Z'])
  })

  it('writes dates', async () => {
    expect(await cells('date', [0, -1, 59, 9_557, -730_120])).toEqual([
      '2000-01-01',
      '1999-12-31',
      '2000-02-29',
      '2026-03-02',
      '+000000-12-31',
    ])
    expect(await cells('date', [2_145_031_948])).toEqual(['+5874897-12-31'])
  })
})

describe('times of a zone', () => {
  it('has the offset behind them', async () => {
    expect(await cells('timestamptz', ['2026-01-01T03:04:05.678Z'], 'America/Lima')).toEqual([
      '2025-12-31T22:04:05.678-05:00',
    ])
    expect(await cells('timestamptz', ['2026-01-01T20:00:00Z'], 'Asia/Kathmandu')).toEqual([
      '2026-01-02T01:45:00.000+05:45',
    ])
    expect(await cells('timestamptz', ['2026-01-01T20:00:00Z'], 'Europe/London')).toEqual([
      '2026-01-01T20:00:00.000+00:00',
    ])
    expect(await cells('timestamptz', ['2026-01-01T20:00:00Z'], 'UTC')).toEqual(['2026-01-01T20:00:00.000Z'])
  })

  it('changes with the clocks, to the second', async () => {
    // 2026-03-29 01:00 UTC is when summer begins in Madrid, 2026-10-25 01:00 UTC when it ends.
    const moments = [
      '2026-03-29T00:59:59.999Z',
      '2026-03-29T01:00:00Z',
      '2026-10-25T00:59:59.999Z',
      '2026-10-25T01:00:00Z',
    ]
    expect(await cells('timestamptz', moments, 'Europe/Madrid')).toEqual([
      '2026-03-29T01:59:59.999+01:00',
      '2026-03-29T03:00:00.000+02:00',
      '2026-10-25T02:59:59.999+02:00',
      '2026-10-25T02:00:00.000+01:00',
    ])
  })

  it.each([
    'America/Lima',
    'America/Santiago',
    'Europe/Madrid',
    'Africa/Casablanca',
    'Pacific/Apia',
    'America/Caracas',
    'Australia/Lord_Howe',
  ])('never changes the moment in %s', async (zone) => {
    const dates = fc.date({ noInvalidDate: true, min: new Date('1800-01-01'), max: new Date('2200-01-01') })
    await fc.assert(
      fc.asyncProperty(fc.array(dates, { minLength: 1 }), async (values) => {
        const written = await cells(
          'timestamptz',
          values.map((date) => date.toISOString()),
          zone,
        )
        expect(written.map((text) => Date.parse(text))).toEqual(values.map(Number))
        expect(written.map((text) => text.slice(0, 16))).toEqual(values.map((date) => wallClock(date, zone)))
      }),
      { numRuns: 40 },
    )
  })

  it('refuses a zone that there is not', async () => {
    await expect(cells('timestamptz', [0n], 'America/Atlantis')).rejects.toThrow(RangeError)
  })
})

/** What Intl says a wall clock shows, without the seconds that offsets had before standard time. */
function wallClock(date: Date, zone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  const shown = Date.parse(`${format.format(date).replace(' ', 'T')}Z`)
  const offset = (shown - Math.floor(date.getTime() / 1000) * 1000) / 60_000
  return new Date(date.getTime() + Math.trunc(offset) * 60_000).toISOString().slice(0, 16)
}
