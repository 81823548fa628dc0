import { type CellWriter, put } from '../cells/bytes.js'
import { float8Cell, isFiniteFloat } from '../cells/float.js'
import { int8Cell } from '../cells/integers.js'
import { isFiniteNumeric, numericCell } from '../cells/numeric.js'
import type { RenderStats } from '../format.js'
import { asNumber, asText, type CellFrame, open, openings, TEXT_END, VALUE_END } from './cell-frame.js'
import { MAX_CELL_UNITS } from './sheet-text.js'

/** Spreadsheets keep 15 digits of a number; what has more is text rather than rounded. */
const EXACT_DIGITS = 15
/** The few digits of a number that is longer can stand where a double has none left, at 1e-400. */
const LONGEST_NUMBER = 300

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

/** A number, or `text` where a spreadsheet would change it. */
function unlessLong(frame: CellFrame, writer: CellWriter, text: CellWriter): CellWriter {
  return (out, at, source, start, end) => {
    const digits = open(out, at, frame, openings.number)
    const to = writer(out, digits, source, start, end)
    return isExact(out.buffer, digits, to) ? put(out, to, VALUE_END) : text(out, at, source, start, end)
  }
}

function isExact(bytes: Buffer, start: number, end: number): boolean {
  const length = end - start
  if (length <= EXACT_DIGITS) return true
  return length <= LONGEST_NUMBER && significantDigits(bytes, start, end) <= EXACT_DIGITS
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
