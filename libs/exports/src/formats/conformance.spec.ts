import fc from 'fast-check'
import type { ColumnType } from '#core'
import { CopyFormatError } from '../pipeline/copy-tuples.js'
import { formatNames } from './format.js'
import { gzip } from './gzip.js'
import { formats } from './registry.js'
import { columnTypes } from './testing/arbitraries.js'
import { copyHeader, encodeCopy, type Field } from './testing/copy-encoder.js'
import { sampleColumns } from './testing/postgres-samples.js'
import { readers, type Texts } from './testing/readers.js'
import { brokenAt, collect, inChunks, newStats, render } from './testing/render.js'

const columns = ['a', 'b', 'c'].map((name) => ({ name, type: 'text' as const }))
const types = columns.map(({ type }) => type)
/** The guard is on purpose no round trip; csv.spec has it. */
const options = { columns, csv: { profile: 'machine' as const, raw: true } }

const nasty: Texts[] = [
  ['plain', 'María Ñáñez', '李小龍'],
  ['👩‍👩‍👧‍👦 family', 'שלום עולם', 'مرحبا'],
  ['e\u0301 apart', '\u00e9 composed', '\u2028\u2029 separators'],
  ['"', '""', 'a "b" c'],
  [',', ';', "'"],
  ['line\nfeed', 'two\n\nfeeds', '\n'],
  [null, '', null],
  ['', null, ''],
  [' leading', 'trailing ', '\ttabs\t'],
  ['<a href="x">&amp;</a>', ']]>', '\\ \\n \\u0041'],
  ['_x000D_', '_x005F_x0041_', '_x00e9_ _x_'],
  ['=1+1', '+51987654321', '@cmd'],
  ['\\.', 'NULL', '000123'],
  ['\u{10ffff}', '\ufffd', '\ufeff'],
]

const infinity = 2n ** 63n - 1n

/** Fields of every length there is, NULL among them. */
const everyTypeByName: Record<ColumnType, Field[]> = {
  text: ['a,"b"\n', null, '', '=ñ🚀'],
  jsonb: ['{"a": [1, "x"]}', 'null', null, '-5'],
  int8: [9_007_199_254_740_993n, -1n, 0n, null],
  int4: [null, -2_147_483_648, 2_147_483_647, 0],
  float8: [0.1, NaN, null, -1e300],
  bool: [true, false, true, null],
  timestamptz: ['2026-01-31T17:05:09.123456Z', infinity, -infinity - 1n, '-000043-03-15T00:00:00Z'],
  date: [9500, null, 0x7fff_ffff, -730_120],
  uuid: ['0f8fad5b-d9cb-469f-a165-70867728950e', null, null, '0f8fad5b-d9cb-469f-a165-70867728950f'],
  numeric: ['NaN', '12345678901234567890.10', '-0.5', null],
}
const everyType = [0, 1, 2, 3].map((row) => columnTypes.map((type) => everyTypeByName[type][row] ?? null))

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...Array.from('abc,;"\'\n\t\\<>&_x0é🚀 =+-@')), maxLength: 20 }),
)
/** What XML 1.0 can't say is not in a spreadsheet; its spec has those. CR is its own test there and in csv. */
const portable = text.map((value) => value.replace(/[\0-\x08\x0b-\x1f\ufffe\uffff]/g, ''))

describe.each(formatNames)('%s', (name) => {
  const format = formats[name]
  const read = readers[name]
  // exceljs reads a cell with an empty text as no cell; xlsx.spec looks at the XML.
  const asRead = (rows: Texts[]) =>
    name === 'xlsx' ? rows.map((row) => row.map((value) => value || null)) : rows
  const renderTexts = (rows: Texts[]) => render(format, encodeCopy(types, rows), options)

  it('gives back what is nasty', async () => {
    const { file, stats } = await renderTexts(nasty)
    expect(await read(file)).toEqual(asRead(nasty))
    expect(stats).toEqual({ rows: nasty.length, truncatedCells: 0 })
  })

  it('gives back any text', async () => {
    const rows = fc.array(fc.array(fc.option(portable), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 5,
    })
    await fc.assert(
      fc.asyncProperty(rows, async (rows) => {
        expect(await read((await renderTexts(rows)).file)).toEqual(asRead(rows))
      }),
      { numRuns: name === 'xlsx' ? 60 : 200 },
    )
  })

  it.each([0, 1, 5000])('gives back %d rows', async (count) => {
    const rows = Array.from({ length: count }, (_, i): Texts => [
      `row ${i}`,
      i % 3 === 0 ? null : 'é',
      'x'.repeat(i % 90),
    ])
    const { file, stats } = await renderTexts(rows)
    expect(await read(file)).toEqual(asRead(rows))
    expect(stats.rows).toBe(count)
  })

  it('does not care where chunks end', async () => {
    const copy = encodeCopy(types, nasty)
    const { file } = await renderTexts(nasty)
    for (let offset = 0; offset <= copy.length; offset++) {
      const broken = await collect(format.render(brokenAt(copy, [offset]), options, newStats()))
      if (!broken.equals(file)) throw new Error(`another file when the source breaks at ${offset}`)
    }
    expect(await collect(format.render(inChunks(copy, 1), options, newStats()))).toEqual(file)
  })

  it('does not care where chunks end among fields of every type, gzip neither', async () => {
    const copy = encodeCopy(columnTypes, everyType)
    const plain = (source: AsyncIterable<Buffer>) =>
      format.render(source, { columns: sampleColumns }, newStats())
    for (const rendered of [plain, (source: AsyncIterable<Buffer>) => gzip(plain(source))]) {
      const file = await collect(rendered(brokenAt(copy, [])))
      for (let offset = 0; offset <= copy.length; offset++) {
        const broken = await collect(rendered(brokenAt(copy, [offset])))
        if (!broken.equals(file)) throw new Error(`another file when the source breaks at ${offset}`)
      }
      for (const size of [1, 2, 3, 5, 7, 64]) {
        expect((await collect(rendered(inChunks(copy, size)))).equals(file)).toBe(true)
      }
    }
  })

  it('is not all in one chunk', async () => {
    const copy = encodeCopy(
      types,
      Array.from({ length: 60_000 }, (_, i): Texts => [`row ${i * 7919}`, 'b', null]),
    )
    let chunks = 0
    for await (const chunk of format.render(inChunks(copy, 65_536), options, newStats()))
      chunks += chunk.length > 0 ? 1 : 0
    expect(chunks).toBeGreaterThan(5)
  })

  it('hands on the fault of its source', async () => {
    const copy = encodeCopy(types, nasty)
    async function* failing() {
      yield await Promise.resolve(copy.subarray(0, copy.length >> 1))
      throw new Error('connection lost')
    }
    await expect(collect(format.render(failing(), options, newStats()))).rejects.toThrow('connection lost')
  })

  it('is no file when its source ends early', async () => {
    const copy = encodeCopy(types, nasty)
    for (const end of [0, 5, copyHeader().length, copy.length >> 1, copy.length - 1]) {
      const part = format.render(brokenAt(copy.subarray(0, end), []), options, newStats())
      await expect(collect(part)).rejects.toThrow(CopyFormatError)
    }
  })

  it('lets go of its source when nobody reads on', async () => {
    let released = false
    const copy = encodeCopy(
      types,
      Array.from({ length: 60_000 }, (_, i): Texts => [`row ${i * 7919}`, 'b', null]),
    )
    async function* source() {
      try {
        yield* inChunks(copy, 65_536)
      } finally {
        released = true
      }
    }
    for await (const chunk of format.render(source(), options, newStats())) {
      if (chunk.length > 0) break
    }
    expect(released).toBe(true)
  })

  it('takes a cell of 16 MB', async () => {
    const huge = '"<é\n'.repeat(16 * 1024 * 205)
    const { file, stats } = await renderTexts([
      ['before', huge, 'after'],
      ['next', null, 'row'],
    ])
    const rows = await read(file)
    expect(rows.map(([a, , c]) => [a, c])).toEqual([
      ['before', 'after'],
      ['next', 'row'],
    ])
    expect(rows[0]?.[1]).toBe(name === 'xlsx' ? huge.slice(0, 32_767) : huge)
    expect(stats.truncatedCells).toBe(name === 'xlsx' ? 1 : 0)
  })

  it('is deterministic, so that a retry gives the same checksum', async () => {
    const [first, second] = [await renderTexts(nasty), await renderTexts(nasty)]
    expect(first.file.equals(second.file)).toBe(true)
  })

  it('refuses a field that is not of its column’s type', async () => {
    for (const type of [
      'int8',
      'int4',
      'float8',
      'bool',
      'timestamptz',
      'date',
      'uuid',
      'numeric',
      'jsonb',
    ] as const) {
      const copy = encodeCopy(['text'], [['wrong']])
      const rendered = render(format, copy, { columns: [{ name: 'c', type }] })
      await expect(rendered).rejects.toThrow(CopyFormatError)
    }
  })

  it('says what it is', () => {
    expect(format.name).toBe(name)
    expect(format.contentType).toMatch(/^[a-z]+\/[a-z0-9.-]+(; charset=utf-8)?$/)
  })

  it('survives gzip, whose pieces outlive the buffers', async () => {
    const copy = encodeCopy(
      types,
      Array.from({ length: 20_000 }, (_, i): Texts => [`row ${i}`, 'b', null]),
    )
    const plain = await collect(format.render(inChunks(copy, 65_536), options, newStats()))
    const { gunzipSync } = await import('node:zlib')
    const zipped = await collect(gzip(format.render(inChunks(copy, 65_536), options, newStats())))
    expect(gunzipSync(zipped).equals(plain)).toBe(true)
  })
})
