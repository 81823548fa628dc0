import { readFileSync } from 'node:fs'
import type { Column, ColumnType } from '#core'
import { csv } from './csv.js'
import { ndjson } from './ndjson.js'
import { columnTypes } from './testing/arbitraries.js'
import { PostgresSamples } from './testing/postgres-samples.js'
import { readWorkbook, sheetXml } from './testing/readers.js'
import { xlsx } from './xlsx/xlsx.js'

const doc = readFileSync('docs/formats.md', 'utf8')

/** The cells of the table whose first column is called so, without its header. */
function tableOf(firstColumn: string): string[][] {
  const lines = doc.slice(doc.search(new RegExp(`^\\| ${firstColumn} `, 'm'))).split('\n')
  const rows = lines.slice(
    2,
    lines.findIndex((line) => !line.startsWith('|')),
  )
  return rows.map((row) =>
    row
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim()),
  )
}

/** Control characters are written as JSON writes them. */
const code = (text: string): string =>
  text === '' ? '' : `\`${text.replace(/[\0-\x1f]/g, (control) => JSON.stringify(control).slice(1, -1))}\``
const uncode = (cell: string): string => cell.slice(1, -1)

describe('docs/formats.md', () => {
  let postgres: PostgresSamples

  beforeAll(async () => {
    postgres = await PostgresSamples.connect()
  })
  afterAll(() => postgres.close())

  /** A row of the value, and a 1 behind it. */
  async function files(column: Column, literal: string, timeZone?: string) {
    const sql = `SELECT ${literal}::${column.type}, 1`
    const options = { columns: [column, { name: 'n', type: 'int4' as const }], timeZone }
    const file = async (format: typeof csv) => (await postgres.render(format, sql, options)).file
    return { csv: await file(csv), ndjson: await file(ndjson), xlsx: await file(xlsx) }
  }

  it('says what is written of each type', async () => {
    const rows = tableOf('type')
    const written: string[][] = []
    for (const [type = '', literal = ''] of rows) {
      const [, name = '', timeZone] = /^(\w+)(?: in (.+))?$/.exec(type) ?? []
      const column = { name: 'v', type: name as ColumnType }
      const made = await files(column, uncode(literal), timeZone)
      const inCsv = code(made.csv.toString().slice('v,n\n'.length, -',1\n'.length))
      const inJson = code(made.ndjson.toString().slice('{"v":'.length, -',"n":1}\n'.length))
      written.push([type, literal, inCsv, inJson, await inWorkbook(made.xlsx)])
    }
    expect(rows).toEqual(written)
    expect(new Set(rows.map(([type]) => type!.split(' ')[0]))).toEqual(new Set(columnTypes))
  })

  it('says what the formula guard does', async () => {
    const rows = tableOf('column')
    const written: string[][] = []
    for (const [name = '', literal = ''] of rows) {
      const made = await files({ name: 'v', ...guardedColumns[name]! }, uncode(literal))
      const inCsv = code(made.csv.toString().slice('v,n\n'.length, -',1\n'.length))
      written.push([name, literal, inCsv])
    }
    expect(rows).toEqual(written)
    expect(new Set(rows.map(([name]) => name))).toEqual(new Set(Object.keys(guardedColumns)))
  })
})

const guardedColumns: Record<string, Omit<Column, 'name'>> = {
  text: { type: 'text' },
  phone: { type: 'text', role: 'phone' },
  'out of metadata': { type: 'text', role: 'json' },
  'a number': { type: 'int8' },
}

/** What a workbook's first cell below the header is, in words. */
async function inWorkbook(file: Buffer): Promise<string> {
  const xml = sheetXml(file)
  if (!xml.includes('<c r="A2"')) return 'no cell'
  if (xml.includes('<c r="A2" t="inlineStr"><is><t></t></is></c>')) return 'an empty text'
  const { value, numFmt } = (await readWorkbook(file)).worksheets[0]!.getCell('A2')
  if (typeof value === 'string') return `text ${code(value)}`
  if (typeof value === 'number') return `number \`${value}\``
  if (typeof value === 'boolean') return `boolean \`${String(value).toUpperCase()}\``
  if (!(value instanceof Date)) throw new Error(`what is ${JSON.stringify(value)}?`)
  const [day, time] = value.toISOString().slice(0, -1).split('T')
  return numFmt.includes('hh') ? `time \`${day} ${time}\`` : `date \`${day}\``
}
