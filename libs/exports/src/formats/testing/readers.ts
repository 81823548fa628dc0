import { inflateRawSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import type { FormatName } from '../format.js'

/** A text, or null for NULL. */
export type Texts = (string | null)[]

/** Reads a file of text columns with a reader that knows nothing of its writer; the first column is called `a`. */
export const readers: Record<FormatName, (file: Buffer) => Promise<Texts[]>> = {
  csv: async (file) => Promise.resolve(readCsv(file).slice(1)),
  json: async (file) => Promise.resolve((JSON.parse(file.toString()) as object[]).map(valuesOf)),
  ndjson: async (file) => {
    const lines = file.toString().split('\n')
    if (lines.pop() !== '') throw new Error('the last line does not end')
    return Promise.resolve(lines.map((line) => valuesOf(JSON.parse(line) as object)))
  },
  xlsx: async (file) => {
    const { worksheets } = await readWorkbook(file)
    return worksheets.flatMap((sheet) => readSheet(sheet).slice(1)) as Texts[]
  },
}

/** Every line, the header too. An empty cell is NULL unless it is quoted. */
export function readCsv(file: Buffer, delimiter = ','): Texts[] {
  return parse(file, {
    delimiter,
    bom: true,
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  })
}

const valuesOf = (row: object): Texts => Object.values(row) as Texts

export async function readWorkbook(file: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(file as unknown as ArrayBuffer)
  return workbook
}

/** The XML of a workbook's first sheet: its bytes in the zip follow its name in the local header. */
export function sheetXml(workbook: Buffer): string {
  const name = 'xl/worksheets/sheet1.xml'
  return inflateRawSync(workbook.subarray(workbook.indexOf(name) + name.length)).toString()
}

/** exceljs decodes ST_Xstring in shared strings but not in inline ones, though both are of that type (ECMA-376, CT_Rst). */
const decode = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : value

/** The values of every row, as wide as the header. */
export function readSheet(sheet: ExcelJS.Worksheet): unknown[][] {
  return Array.from({ length: sheet.rowCount }, (_, i) => {
    const row = sheet.getRow(i + 1)
    return Array.from({ length: sheet.getRow(1).cellCount }, (_, k) => decode(row.getCell(k + 1).value))
  })
}
