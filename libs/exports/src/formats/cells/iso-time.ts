import { type Bytes, type CellWriter, Constant, put } from './bytes.js'
import { CalendarDay, POSTGRES_EPOCH_DAY } from './calendar.js'
import { PAIRS, putFourDigits, putPadded, putTwoDigits, putUnsigned } from './digits.js'
import { expectSize } from './fixed-size.js'
import { isNegative, isUtc, Timestamp } from './timestamp.js'

const INFINITY = new Constant('infinity')
const MINUS_INFINITY = new Constant('-infinity')
const COLON = 0x3a
const DASH = 0x2d
const PLUS = 0x2b

/** `.000` to `.999` as four bytes of ASCII each. */
const MILLISECONDS = Int32Array.from({ length: 1000 }, (_, n) =>
  Buffer.from(`.${String(n).padStart(3, '0')}`).readInt32BE(),
)

/** The most that a time takes: `+294276-12-31T23:59:59.999-05:00`. */
export const MAX_ISO_LENGTH = 36

/**
 * `2026-01-31T17:05:09.123Z`, or local time with its offset, `2026-01-31T12:05:09.123-05:00`, where a zone
 * other than UTC is asked for; `infinity`, `-infinity`. Years outside 1 to 9999 are in ISO 8601's expanded form.
 */
export function isoTimeCell(timeZone: string | undefined): CellWriter {
  const time = new Timestamp(timeZone)
  const utc = isUtc(timeZone)
  const day = new CalendarDay()
  return (out, at, source, start, end) => {
    if (!time.read(source.view, start, end)) return putInfinity(out, at, source.view, start)
    day.set(time.day)
    const to = putDay(out, at, day)
    out.view.setUint8(to, 0x54)
    const zoneAt = putTimeOfDay(out, to + 1, time.ms)
    if (!utc) return putOffset(out, zoneAt, time.offset)
    out.view.setUint8(zoneAt, 0x5a)
    return zoneAt + 1
  }
}

/** `2026-01-31`; `infinity`, `-infinity`. */
export function isoDateCell(): CellWriter {
  const day = new CalendarDay()
  return (out, at, source, start, end) => {
    expectSize('date', 4, start, end)
    const days = source.view.getInt32(start)
    if (isInfiniteDate(days)) return putInfinity(out, at, source.view, start)
    day.set(days + POSTGRES_EPOCH_DAY)
    return putDay(out, at, day)
  }
}

/** int32 max and min stand for infinity in a date. */
export const isInfiniteDate = (days: number): boolean => days === 0x7fff_ffff || days === -0x8000_0000

const putInfinity = (out: Bytes, at: number, view: DataView, start: number): number =>
  put(out, at, isNegative(view, start) ? MINUS_INFINITY : INFINITY)

/** `2026-01-31`; outside the years 1 to 9999 ISO 8601's expanded form, a sign and six digits or more. */
function putDay(out: Bytes, at: number, { year, month, day }: CalendarDay): number {
  const to = year >= 1 && year <= 9999 ? putFourDigits(out, at, year) : putExpandedYear(out, at, year)
  out.view.setInt32(to, (DASH << 24) | (PAIRS[month]! << 8) | DASH)
  out.view.setUint16(to + 4, PAIRS[day]!)
  return to + 6
}

function putExpandedYear(out: Bytes, at: number, year: number): number {
  out.view.setUint8(at, year < 0 ? DASH : PLUS)
  const distance = Math.abs(year)
  return distance < 1e6 ? putPadded(out, at + 1, distance, 6) : putUnsigned(out, at + 1, distance)
}

/** `HH:MM:SS.mmm` in three words. */
function putTimeOfDay(out: Bytes, at: number, ms: number): number {
  const seconds = (ms / 1000) | 0
  const minutes = (seconds / 60) | 0
  const hours = (minutes / 60) | 0
  const minute = PAIRS[minutes - hours * 60]!
  const { view } = out
  view.setInt32(at, (PAIRS[hours]! << 16) | (COLON << 8) | (minute >> 8))
  view.setInt32(at + 4, (minute << 24) | (COLON << 16) | PAIRS[seconds - minutes * 60]!)
  view.setInt32(at + 8, MILLISECONDS[ms - seconds * 1000]!)
  return at + 12
}

/** `-05:00` */
function putOffset(out: Bytes, at: number, minutes: number): number {
  const distance = Math.abs(minutes)
  const hours = (distance / 60) | 0
  out.view.setUint8(at, minutes < 0 ? DASH : PLUS)
  putTwoDigits(out, at + 1, hours)
  out.view.setUint8(at + 3, COLON)
  return putTwoDigits(out, at + 4, distance - hours * 60)
}
