import type ExcelJS from 'exceljs'
import type { Column, ColumnType } from '#core'
import { encodeCopy, type Field } from '../testing/copy-encoder.js'
import { readSheet, readWorkbook, sheetXml } from '../testing/readers.js'
import { collect, inChunks, newStats, render, renderColumn } from '../testing/render.js'
import { renderXlsx, xlsx } from './xlsx.js'

async function sheetOf(
  column: ColumnType | Column,
  fields: Field[],
  timeZone?: string,
): Promise<ExcelJS.Worksheet> {
  const { file } = await renderColumn(xlsx, column, fields, { timeZone })
  return (await readWorkbook(file)).worksheets[0]!
}

/** What is in the column, without its header. */
const values = async (column: ColumnType | Column, fields: Field[], timeZone?: string): Promise<unknown[]> =>
  readSheet(await sheetOf(column, fields, timeZone))
    .slice(1)
    .flat()

const wallTime = (cells: unknown[]) => cells.map((cell) => (cell instanceof Date ? cell.toISOString() : cell))

describe('a workbook', () => {
  it('has a frozen, bold header, also without rows', async () => {
    const sheet = await sheetOf('text', [])
    expect(readSheet(sheet)).toEqual([['c']])
    expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 1 }])
    expect(sheet.getCell('A1').font.bold).toBe(true)
  })

  it('begins a new sheet with its own header when one is full', async () => {
    const columns = [{ name: 'n', type: 'int4' as const }]
    for (const [count, sheets] of [
      [0, 1],
      [3, 1],
      [4, 2],
      [6, 2],
      [7, 3],
    ] as const) {
      const stats = newStats()
      const copy = encodeCopy(
        ['int4'],
        Array.from({ length: count }, (_, i) => [i]),
      )
      const file = await collect(renderXlsx(inChunks(copy, 50), { columns }, stats, 4))
      const { worksheets } = await readWorkbook(file)
      expect(worksheets.map(({ name }) => name)).toEqual(['Sheet1', 'Sheet2', 'Sheet3'].slice(0, sheets))
      expect(worksheets.map((sheet) => readSheet(sheet)[0])).toEqual(
        Array.from({ length: sheets }, () => ['n']),
      )
      expect(worksheets.flatMap((sheet) => readSheet(sheet).slice(1).flat())).toEqual(
        Array.from({ length: count }, (_, i) => i),
      )
      expect(stats.rows).toBe(count)
    }
  })

  it('names columns beyond Z', async () => {
    const columns = Array.from({ length: 800 }, (_, i) => ({ name: `c${i}`, type: 'int4' as const }))
    const copy = encodeCopy(
      columns.map(() => 'int4'),
      [columns.map((_, i) => i)],
    )
    const sheet = (await readWorkbook((await render(xlsx, copy, { columns })).file)).worksheets[0]!
    expect(
      ['A2', 'Z2', 'AA2', 'AZ2', 'ZZ2', 'AAA2', 'ADT2'].map((cell) => sheet.getCell(cell).value),
    ).toEqual([0, 25, 26, 51, 701, 702, 799])
  })

  it('refers to every cell where it is, over many rows', async () => {
    const sheet = await sheetOf(
      'int4',
      Array.from({ length: 12_345 }, (_, i) => i),
    )
    expect(
      [2, 9, 10, 11, 99, 100, 101, 9_999, 10_000, 12_346].map((row) => sheet.getCell(`A${row}`).value),
    ).toEqual([0, 7, 8, 9, 97, 98, 99, 9_997, 9_998, 12_344])
  })
})

describe('text in a workbook', () => {
  it('is never a formula', async () => {
    const texts = ['=1+1', '+51987654321', '-1', '@SUM(A1)', '000123']
    expect(await values('text', texts)).toEqual(texts)
    expect(sheetXml((await renderColumn(xlsx, 'text', texts)).file)).not.toContain('<f>')
  })

  it('is text where it is an id or a phone, even if it is all digits', async () => {
    expect(await values({ name: 'c', type: 'int8', role: 'id' }, [123n])).toEqual(['123'])
    expect(await values({ name: 'c', type: 'int4', role: 'id' }, [123])).toEqual(['123'])
    expect(await values({ name: 'c', type: 'text', role: 'phone' }, ['51987654321'])).toEqual(['51987654321'])
  })

  it('keeps CR, TAB and blanks at its ends', async () => {
    const texts = ['a\rb', 'a\r\nb', '\ttab', ' blank ', '\n', 'x\ry\tz']
    expect(await values('text', texts)).toEqual(texts)
  })

  it('loses what XML 1.0 can not say', async () => {
    const controls = Array.from({ length: 0x1f }, (_, i) => String.fromCharCode(i + 1)).join('')
    expect(await values('text', [`a${controls}b`, 'a\ufffeb\uffffc', '\u0001', 'ab\u0000cd'])).toEqual([
      'a\t\n\rb',
      'abc',
      null,
      'abcd',
    ])
  })

  it('tells an empty text from NULL', async () => {
    const xml = sheetXml((await renderColumn(xlsx, 'text', ['', null, 'x'])).file)
    expect(xml).toContain('<c r="A2" t="inlineStr"><is><t></t></is></c>')
    expect(xml).toContain('<row r="3"></row>')
  })

  it('is cut at 32,767 UTF-16 units, not between the halves of a character', async () => {
    const cut: [string, string][] = [
      ['x'.repeat(32_767), 'x'.repeat(32_767)],
      ['x'.repeat(32_768), 'x'.repeat(32_767)],
      ['é'.repeat(32_767), 'é'.repeat(32_767)],
      [`x${'🚀'.repeat(16_383)}`, `x${'🚀'.repeat(16_383)}`],
      ['🚀'.repeat(16_384), '🚀'.repeat(16_383)],
      ['&'.repeat(40_000), '&'.repeat(32_767)],
      ['\u0001'.repeat(40_000) + 'x', 'x'],
    ]
    const { file, stats } = await renderColumn(
      xlsx,
      'text',
      cut.map(([text]) => text),
    )
    const sheet = (await readWorkbook(file)).worksheets[0]!
    const read = readSheet(sheet).slice(1).flat() as string[]
    expect(read.map((text, i) => text === cut[i]![1])).toEqual(cut.map(() => true))
    expect(stats).toEqual({ rows: cut.length, truncatedCells: 3 })
  })

  it('needs care at any place of a text of any length', async () => {
    const texts: string[] = []
    for (let length = 1; length <= 13; length++) {
      for (let place = 0; place < length; place++) {
        for (const special of ['&', '<', '>', '\r', '_x0041_', '\ufffd', '\ufb01']) {
          texts.push(
            '^=~'.repeat(5).slice(0, place) + special + '\u00ff_x]'.repeat(4).slice(0, length - place),
          )
        }
      }
    }
    expect(await values('text', texts)).toEqual(texts)
  })
})

describe('numbers in a workbook', () => {
  it('are numbers up to 15 digits, text beyond', async () => {
    expect(
      await values('int8', [999_999_999_999_999n, -999_999_999_999_999n, 10n ** 15n, -(10n ** 15n), 0n]),
    ).toEqual([999_999_999_999_999, -999_999_999_999_999, '1000000000000000', '-1000000000000000', 0])
    expect(
      await values('numeric', [
        '0.10',
        '-12345678901.2345',
        '1.50000000000000000000',
        '0.00000000000000000012',
      ]),
    ).toEqual([0.1, -12345678901.2345, 1.5, 1.2e-19])
    expect(await values('numeric', ['12345678901.23456', '1234567890123456'])).toEqual([
      '12345678901.23456',
      '1234567890123456',
    ])
    const tiny = `0.${'0'.repeat(399)}1`
    expect(await values('numeric', [tiny, `-${tiny}`])).toEqual([tiny, `-${tiny}`])
    expect(await values('float8', [0.1, -1e300, 1e-7])).toEqual([0.1, -1e300, 1e-7])
    expect(await values('int4', [-2_147_483_648])).toEqual([-2_147_483_648])
  })

  it('are text where they are none', async () => {
    expect(await values('numeric', ['NaN', 'Infinity', '-Infinity'])).toEqual([
      'NaN',
      'Infinity',
      '-Infinity',
    ])
    expect(await values('float8', [NaN, Infinity])).toEqual(['NaN', 'Infinity'])
  })

  it('are cut like text', async () => {
    const { file, stats } = await renderColumn(xlsx, 'numeric', [
      `1${'0'.repeat(40_000)}`,
      `1${'0'.repeat(32_766)}`,
    ])
    const read = readSheet((await readWorkbook(file)).worksheets[0]!)
      .slice(1)
      .flat() as string[]
    expect(read.map((text) => text.length)).toEqual([32_767, 32_767])
    expect(stats.truncatedCells).toBe(1)
  })

  it('has booleans', async () => {
    expect(await values('bool', [true, false, null])).toEqual([true, false, null])
  })
})

describe('times in a workbook', () => {
  it('are real, local, and the zone is in the header', async () => {
    const sheet = await sheetOf(
      'timestamptz',
      ['2026-01-01T03:04:05.678Z', '2026-07-01T12:00:00Z'],
      'America/Lima',
    )
    expect(wallTime(readSheet(sheet).flat())).toEqual([
      'c (America/Lima)',
      '2025-12-31T22:04:05.678Z',
      '2026-07-01T07:00:00.000Z',
    ])
    expect(sheet.getCell('A2').numFmt).toBe('yyyy-mm-dd hh:mm:ss.000')
    expect((await sheetOf('timestamptz', [0n])).getCell('A1').value).toBe('c (UTC)')
  })

  it('are right on both sides of a change of clocks', async () => {
    const moments = [
      '2026-03-29T00:59:59Z',
      '2026-03-29T01:00:00Z',
      '2026-10-25T00:59:59Z',
      '2026-10-25T01:00:00Z',
    ]
    expect(wallTime(await values('timestamptz', moments, 'Europe/Madrid'))).toEqual([
      '2026-03-29T01:59:59.000Z',
      '2026-03-29T03:00:00.000Z',
      '2026-10-25T02:59:59.000Z',
      '2026-10-25T02:00:00.000Z',
    ])
  })

  it('keep their milliseconds', async () => {
    const moments = Array.from({ length: 300 }, (_, i) =>
      new Date(1_767_225_600_000 + i * 287_999).toISOString(),
    )
    expect(wallTime(await values('timestamptz', [...moments, '2026-01-01T23:59:59.999Z']))).toEqual([
      ...moments,
      '2026-01-01T23:59:59.999Z',
    ])
  })

  it('are ISO text where spreadsheets have no date', async () => {
    const moments = [
      '1900-02-28T23:59:59Z',
      '1900-03-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
      '+010000-01-01T00:00:00Z',
      2n ** 63n - 1n,
    ]
    expect(wallTime(await values('timestamptz', moments))).toEqual([
      '1900-02-28T23:59:59.000Z',
      '1900-03-01T00:00:00.000Z',
      '9999-12-31T23:59:59.000Z',
      '+010000-01-01T00:00:00.000Z',
      'infinity',
    ])
    expect((await values('timestamptz', moments)).map((cell) => cell instanceof Date)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
  })

  it('has dates', async () => {
    const sheet = await sheetOf('date', [9_498, -36_466, 0x7fff_ffff])
    expect(wallTime(readSheet(sheet).flat())).toEqual([
      'c',
      '2026-01-02T00:00:00.000Z',
      '1900-02-28',
      'infinity',
    ])
    expect(sheet.getCell('A2').numFmt).toBe('yyyy-mm-dd')
  })
})
