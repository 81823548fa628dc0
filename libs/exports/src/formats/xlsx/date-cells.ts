import { type Bytes, type CellWriter, put } from '../cells/bytes.js'
import { MS_PER_DAY, POSTGRES_EPOCH_DAY } from '../cells/calendar.js'
import { putPadded, putUnsigned } from '../cells/digits.js'
import { expectSize } from '../cells/fixed-size.js'
import { isoDateCell, isoTimeCell } from '../cells/iso-time.js'
import { Timestamp } from '../cells/timestamp.js'
import { asText, type CellFrame, open, openings, VALUE_END } from './cell-frame.js'

/** 1970-01-01 as a spreadsheet counts days. */
const UNIX_EPOCH_SERIAL = 25_569
/** 1900-03-01: before, Excel counts a 29 February 1900 that never was, and other readers do not. */
const FIRST_SERIAL = 61
/** 9999-12-31 */
const LAST_SERIAL = 2_958_465

/** Ten digits of a day are 9 microseconds. */
const FRACTION_DIGITS = 10
const FRACTIONS_PER_MS = 10 ** FRACTION_DIGITS / MS_PER_DAY

/** A real date and time in the zone's local time; ISO text where spreadsheets have no date: outside 1900-03-01 to 9999, infinity. */
export function dateTimeCell(frame: CellFrame, timeZone: string | undefined): CellWriter {
  const time = new Timestamp(timeZone)
  const text = asText(frame, isoTimeCell(timeZone))
  return (out, at, source, start, end) => {
    if (!time.read(source.view, start, end)) return text(out, at, source, start, end)
    const serial = time.day + UNIX_EPOCH_SERIAL
    if (!isDate(serial)) return text(out, at, source, start, end)
    const to = putUnsigned(out, open(out, at, frame, openings.dateTime), serial)
    return put(out, putTimeOfDay(out, to, time.ms), VALUE_END)
  }
}

/** A real date; ISO text as above. */
export function dateCell(frame: CellFrame): CellWriter {
  const text = asText(frame, isoDateCell())
  return (out, at, source, start, end) => {
    expectSize('date', 4, start, end)
    const serial = source.view.getInt32(start) + POSTGRES_EPOCH_DAY + UNIX_EPOCH_SERIAL
    if (!isDate(serial)) return text(out, at, source, start, end)
    return put(out, putUnsigned(out, open(out, at, frame, openings.date), serial), VALUE_END)
  }
}

const isDate = (serial: number): boolean => serial >= FIRST_SERIAL && serial <= LAST_SERIAL

/** The fraction of a day. */
function putTimeOfDay(out: Bytes, at: number, ms: number): number {
  const fraction = Math.round(ms * FRACTIONS_PER_MS)
  const high = Math.floor(fraction / 1e5)
  out.view.setUint8(at, 0x2e)
  return putPadded(out, putPadded(out, at + 1, high, 5), fraction - high * 1e5, 5)
}
