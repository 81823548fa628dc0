import type { Pieces } from '../deflate-pieces.js'
import type { RenderStats } from '../format.js'
import { sheetEnd } from './parts.js'
import type { SheetRows } from './sheet-rows.js'
import type { TupleSource } from './tuple-source.js'

/**
 * The XML of one sheet. Ends with the rows or when the sheet is full;
 * then `source.hasTuple` says that there are more.
 *
 * @param start what comes before the header row
 * @param maxRows rows of the sheet, its header included
 */
export const sheetPieces = (
  start: string,
  rows: SheetRows,
  source: TupleSource,
  stats: RenderStats,
  maxRows: number,
): Pieces =>
  async function* (output) {
    output.append(Buffer.from(start))
    output.append(rows.header())
    for (let row = 2; ; row++) {
      if (!source.hasTuple) await source.load()
      if (!source.hasTuple || row > maxRows) break
      output.ensure(rows.bound(source.tuples.size))
      output.length = rows.write(output.target, output.length, row, source.tuples)
      stats.rows++
      source.advance()
      if (output.isFull) yield output.take()
    }
    output.append(Buffer.from(sheetEnd))
    yield output.take()
  }
