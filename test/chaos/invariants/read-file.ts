import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { gunzipSync } from 'node:zlib'

/** The values of the columns that were asked for, in that order; undefined where the file has no such column. */
export type FileRow = unknown[]

interface FileForm {
  format: string
  gzip: boolean
  /** Between the cells of a csv. */
  delimiter: string
  columns: string[]
}

/**
 * Reads a file by a reader that knows nothing of its writer.
 *
 * @throws Error where it is not whole, or is of a format that is not known here
 */
export async function readFile(
  bytes: Buffer,
  { format, gzip, delimiter, columns }: FileForm,
): Promise<FileRow[]> {
  const file = gzip ? gunzipSync(bytes) : bytes
  switch (format) {
    case 'csv':
      return readCsv(file, delimiter, columns)
    case 'json':
      return readObjects(JSON.parse(file.toString()) as object[], columns)
    case 'ndjson':
      return readObjects(linesOf(file), columns)
    case 'xlsx':
      return readWorkbook(file, columns)
    default:
      throw new Error(`there is no reader of ${format}`)
  }
}

function readCsv(file: Buffer, delimiter: string, columns: string[]): FileRow[] {
  const lines = parse(file, { delimiter, bom: true, relax_column_count: false })
  const [header, ...rows] = lines
  if (header === undefined) throw new Error('it has no header')
  if (!/[\r\n]$/.test(file.toString('latin1', file.length - 1))) throw new Error('its last line does not end')
  const places = columns.map((column) => header.indexOf(column))
  return rows.map((row) => places.map((place) => row[place]))
}

const readObjects = (objects: object[], columns: string[]): FileRow[] =>
  objects.map((object) => columns.map((column) => (object as Record<string, unknown>)[column]))

function linesOf(file: Buffer): object[] {
  const lines = file.toString().split('\n')
  if (lines.pop() !== '') throw new Error('its last line does not end')
  return lines.map((line) => JSON.parse(line) as object)
}

async function readWorkbook(file: Buffer, columns: string[]): Promise<FileRow[]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(file as unknown as ArrayBuffer)
  if (workbook.worksheets.length === 0) throw new Error('it has no sheet')
  return workbook.worksheets.flatMap((sheet) => {
    const header = sheet.getRow(1).values as unknown[]
    const places = columns.map((column) => header.indexOf(column))
    return Array.from({ length: sheet.rowCount - 1 }, (_, n) => {
      const row = sheet.getRow(n + 2)
      return places.map((place) => (place < 1 ? undefined : row.getCell(place).value))
    })
  })
}
