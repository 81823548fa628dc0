import { invalid, type IsoTime } from '#core'

/** Half-open, as ISO-8601 with Z: what a range means once both spellings are read. */
export interface DateRange {
  from?: string
  to?: string
}

const DAY_MS = 86_400_000
const dateOnly = /^(\d{4})-(\d{2})-(\d{2})$/
const timestampForm =
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/
const wanted = 'Must be a date (YYYY-MM-DD) or an ISO-8601 timestamp with an offset'

/**
 * Reads `startDate` and `endDate`: a date alone is an inclusive UTC day, a timestamp must carry an offset and is
 * half-open. Fractions of a second have up to nine digits, as clocks of other languages write them; what is finer
 * than a microsecond, PostgreSQL's, is cut off. Strict, because PostgreSQL would take `now`, `infinity`, `20230710`
 * and `2023-7-10` for dates too.
 *
 * @throws AppError 400 that names the wrong bound
 */
export function dateRange(bounds: { startDate?: string; endDate?: string }): DateRange {
  const from = bounds.startDate === undefined ? undefined : instant('startDate', bounds.startDate, 0)
  const to = bounds.endDate === undefined ? undefined : instant('endDate', bounds.endDate, DAY_MS)
  // A last day ends after it began, so a range up to it has something in it; two timestamps may be one and the same.
  const endsWithDay = dateOnly.test(bounds.endDate ?? '')
  if (from !== undefined && to !== undefined && (endsWithDay ? from >= to : from > to)) {
    throw invalid('startDate', 'Must not be after endDate', bounds.startDate)
  }
  return { from, to }
}

/** @param dayMs added to a date alone: its end is the start of the next day */
function instant(field: string, text: string, dayMs: number): string {
  const day = dateOnly.exec(text)
  if (day === null && !timestampForm.test(text)) throw invalid(field, wanted, text)
  if (!isInCalendar(text)) throw invalid(field, 'Is not a day of the calendar', text)
  return microseconds(day === null ? text : new Date(midnightOf(text).getTime() + dayMs).toISOString())
}

/**
 * A strict ISO-8601 timestamp with an offset, in UTC and with microseconds.
 * @returns null for what is none, or names a day that is not in the calendar
 */
export const timestamp = (text: string): IsoTime | null =>
  timestampForm.test(text) && isInCalendar(text) ? microseconds(text) : null

/** 30 February would roll over to March; there is no year 0, nor has PostgreSQL one. */
function isInCalendar(text: string): boolean {
  const [year, month, date] = dayOf(text)
  const midnight = midnightOf(text)
  return year > 0 && midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === date
}

const dayOf = (text: string) => text.slice(0, 10).split('-').map(Number) as [number, number, number]

/** Not by Date.UTC, which reads years below 100 as 19xx. */
function midnightOf(text: string): Date {
  const [year, month, date] = dayOf(text)
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, date)
  return midnight
}

/** The first and the last instant with a year of four digits: what an offset carries beyond is as good as these. */
const START_OF_TIME = '0001-01-01T00:00:00.000000Z'
const END_OF_TIME = '9999-12-31T23:59:59.999999Z'

/** In UTC with the microseconds kept, which a JavaScript Date would drop; all of one length, so that they compare as text. */
function microseconds(text: string): string {
  const fraction = (/\.(\d+)/.exec(text)?.[1] ?? '').slice(0, 6).padEnd(6, '0')
  const seconds = new Date(text.replace(/\.\d+/, '')).toISOString().slice(0, 19)
  if (seconds.startsWith('+')) return END_OF_TIME
  if (seconds.startsWith('0000')) return START_OF_TIME
  return `${seconds}.${fraction}Z`
}
