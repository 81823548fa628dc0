import { type CellWriter, put } from '../cells/bytes.js'
import { float8Cell, isFiniteFloat } from '../cells/float.js'
import { int8Cell } from '../cells/integers.js'
import { isFiniteNumeric, numericCell } from '../cells/numeric.js'
import type { RenderStats } from '../format.js'
import { asNumber, asText, type CellFrame, open, openings, TEXT_END, VALUE_END } from './cell-frame.js'
import { MAX_CELL_UNITS } from './sheet-text.js'

/** Spreadsheets keep 15 digits of a number; what has more is text rather than rounded. */
const EXACT_DIGITS = 15

export const int8NumberCell = (frame: CellFrame): CellWriter =>
  unlessLong(frame, int8Cell, asText(frame, int8Cell))

export function numericNumberCell(frame: CellFrame, stats: RenderStats): CellWriter {
  const text = longText(frame, numericCell, stats)
  const number = unlessLong(frame, numericCell, text)
  return (out, at, source, start, end) =>
    (isFiniteNumeric(source.view, start, end) ? number : text)(out, at, source, start, end)
}

export function float8NumberCell(frame: CellFrame): CellWriter {
  const number = asNumber(frame, float8Cell)
  const text = asText(frame, float8Cell)
  return (out, at, source, start, end) =>
    (isFiniteFloat(source.view, start, end) ? number : text)(out, at, source, start, end)
}

/** A number, or `text` when it has too many digits. */
function unlessLong(frame: CellFrame, writer: CellWriter, text: CellWriter): CellWriter {
  return (out, at, source, start, end) => {
    const digits = open(out, at, frame, openings.number)
    const to = writer(out, digits, source, start, end)
    const isLong = to - digits > EXACT_DIGITS && significantDigits(out.buffer, digits, to) > EXACT_DIGITS
    return isLong ? text(out, at, source, start, end) : put(out, to, VALUE_END)
  }
}

/** A numeric can have more digits than a cell has room for. */
function longText(frame: CellFrame, writer: CellWriter, stats: RenderStats): CellWriter {
  return (out, at, source, start, end) => {
    const digits = open(out, at, frame, openings.text)
    const to = writer(out, digits, source, start, end)
    if (to - digits <= MAX_CELL_UNITS) return put(out, to, TEXT_END)
    stats.truncatedCells++
    return put(out, digits + MAX_CELL_UNITS, TEXT_END)
  }
}

/** Digits from the first that is not 0, to the last that is not a 0 after the point. */
function significantDigits(bytes: Buffer, start: number, end: number): number {
  let digits = 0
  let significant = 0
  let afterPoint = false
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!
    if (byte === 0x2e) afterPoint = true
    if (byte < 0x30) continue
    if (byte !== 0x30 || digits > 0) digits++
    if (byte !== 0x30 || !afterPoint) significant = digits
  }
  return significant
}
