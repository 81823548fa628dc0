import { Bytes, type CellWriter, Constant, put } from '../cells/bytes.js'
import { putUnsigned } from '../cells/digits.js'
import { styles } from './parts.js'

/** The number of the row that is being written, as text: every cell of it repeats it. */
export class RowNumber {
  private readonly text = new Bytes(Buffer.alloc(12))
  length = 0

  get view(): DataView {
    return this.text.view
  }

  set(row: number): void {
    this.length = putUnsigned(this.text, 0, row)
  }
}

/** What is around the value of a cell in column `column`, counted from 0. */
export interface CellFrame {
  /** `<c r="B` of `<c r="B7"…` */
  start: Constant
  row: RowNumber
}

/** Ways to go on after the reference. */
export const openings = {
  text: new Constant('" t="inlineStr"><is><t>'),
  /** A reader may strip blanks at the ends of any other text. */
  preservedText: new Constant('" t="inlineStr"><is><t xml:space="preserve">'),
  headerText: new Constant(`" s="${styles.header}" t="inlineStr"><is><t xml:space="preserve">`),
  number: new Constant('"><v>'),
  dateTime: new Constant(`" s="${styles.dateTime}"><v>`),
  date: new Constant(`" s="${styles.date}"><v>`),
  bool: new Constant('" t="b"><v>'),
} as const

export const TEXT_END = new Constant('</t></is></c>')
export const VALUE_END = new Constant('</v></c>')

/** The most that all of that takes. */
export const FRAME_BYTES = 96

export const cellFrame = (column: number, row: RowNumber): CellFrame => ({
  start: new Constant(`<c r="${columnLetters(column)}`),
  row,
})

export const open = (out: Bytes, at: number, frame: CellFrame, opening: Constant): number =>
  put(out, put(out, put(out, at, frame.start), frame.row), opening)

/** A cell of text that needs no escapes. */
export function asText(frame: CellFrame, writer: CellWriter): CellWriter {
  return (out, at, source, start, end) =>
    put(out, writer(out, open(out, at, frame, openings.text), source, start, end), TEXT_END)
}

/** A cell of a number. */
export function asNumber(frame: CellFrame, writer: CellWriter): CellWriter {
  return (out, at, source, start, end) =>
    put(out, writer(out, open(out, at, frame, openings.number), source, start, end), VALUE_END)
}

/** A to Z, AA and so on. */
function columnLetters(column: number): string {
  const last = String.fromCharCode(0x41 + (column % 26))
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last
}
