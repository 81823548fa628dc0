import { invalid } from '#core'

/** Days by a workspace's clock as YYYY-MM-DD, ends inclusive. */
export interface DayRange {
  from: string
  to: string
}

/** A year with its leap day. */
export const MAX_DAYS = 366
const DAY_MS = 86_400_000

/**
 * Holds a range of days that are to be built against the calendar.
 *
 * @param today by the workspace's clock: it is not over, nor is any day after it
 * @throws AppError 400 that names `from` or `to`
 */
export function assertBuildable({ from, to }: DayRange, today: string): void {
  const [first, last] = [midnight('from', from), midnight('to', to)]
  if (first > last) throw invalid('from', 'Must not be after to', from)
  // Compared as texts, which are all of one length.
  if (to >= today) throw invalid('to', `Must be a day that is over: today is ${today}`, to)
  if (last - first >= MAX_DAYS * DAY_MS)
    throw invalid('from', `The range must have at most ${MAX_DAYS} days`, from)
}

/** @returns its Unix time in UTC, in milliseconds, to count days by */
function midnight(field: string, day: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw invalid(field, 'Must be a day (YYYY-MM-DD)', day)
  const time = Date.parse(`${day}T00:00:00Z`)
  // 30 February does not parse, or rolls over into March; PostgreSQL has no year 0.
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) && day >= '0001'
  if (!exists) throw invalid(field, 'Is not a day of the calendar', day)
  return time
}
