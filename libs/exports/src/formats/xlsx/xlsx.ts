import type { ColumnType } from '#core'
import type { Pieces } from '../deflate-pieces.js'
import type { FileFormat, RenderOptions, RenderStats } from '../format.js'
import {
  contentTypes,
  packageRels,
  sheetPath,
  sheetStart,
  styleSheet,
  workbook,
  workbookRels,
} from './parts.js'
import { sheetPieces } from './sheet-pieces.js'
import { SheetRows } from './sheet-rows.js'
import { TupleSource } from './tuple-source.js'
import { ZipWriter } from '../zip/zip-writer.js'

/** Excel's limit of a sheet, its header included. */
const MAX_SHEET_ROWS = 1_048_576

const COLUMN_WIDTHS: Record<ColumnType, number> = {
  text: 24,
  jsonb: 40,
  int8: 14,
  int4: 12,
  float8: 14,
  bool: 8,
  timestamptz: 24,
  date: 12,
  uuid: 38,
  numeric: 14,
}

/** A workbook of Office Open XML: real dates, no formulas, a frozen header on every sheet. */
export const xlsx: FileFormat = {
  name: 'xlsx',
  extension: 'xlsx',
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  shape: 'flat',
  compressible: false,
  render: (source, options, stats) => renderXlsx(source, options, stats),
}

/** @param maxSheetRows rows of a sheet, its header included, after which the next one begins */
export async function* renderXlsx(
  source: AsyncIterable<Buffer>,
  options: RenderOptions,
  stats: RenderStats,
  maxSheetRows = MAX_SHEET_ROWS,
): AsyncGenerator<Buffer> {
  const zip = new ZipWriter()
  const rows = new SheetRows(options, stats)
  const tuples = new TupleSource(source, options.columns.length)
  let sheets = 0
  try {
    // A generator that was never started can't be closed, so the source is started before anything is handed on.
    await tuples.load()
    yield* zip.file('_rels/.rels', part(packageRels))
    yield* zip.file('xl/styles.xml', part(styleSheet))
    do {
      const start = sheetStart(widths(options), ++sheets === 1)
      yield* zip.file(sheetPath(sheets), sheetPieces(start, rows, tuples, stats, maxSheetRows))
    } while (tuples.hasTuple)
    // Only now is it known how many sheets there are.
    yield* zip.file('xl/workbook.xml', part(workbook(sheets)))
    yield* zip.file('xl/_rels/workbook.xml.rels', part(workbookRels(sheets)))
    yield* zip.file('[Content_Types].xml', part(contentTypes(sheets)))
    yield zip.end()
  } finally {
    await tuples.close()
  }
}

const part =
  (xml: string): Pieces =>
  () => [Buffer.from(xml)]

/** Widths in characters. */
const widths = ({ columns }: RenderOptions): number[] =>
  columns.map(({ name, type }) => Math.min(60, Math.max(COLUMN_WIDTHS[type], name.length + 2)))
