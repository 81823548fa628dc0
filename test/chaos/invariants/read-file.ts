import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { unzip } from '../../support/archives/unzip.js'

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
  // Its checksums, which the reader below does not look at; that one streams, in half the time that the other takes.
  unzip(file)
  const ignored = { styles: 'ignore', hyperlinks: 'ignore' } as const
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([file]), {
    ...ignored,
    worksheets: 'emit',
    sharedStrings: 'cache',
    entries: 'ignore',
  })
  const rows: FileRow[] = []
  for await (const sheet of workbook) {
    let places: number[] | undefined
    for await (const row of sheet) {
      const values = row.values as unknown[]
      if (places === undefined) places = columns.map((column) => values.indexOf(column))
      else rows.push(places.map((place) => (place < 1 ? undefined : values[place])))
    }
    if (places === undefined) throw new Error('a sheet has no header')
  }
  return rows
}
