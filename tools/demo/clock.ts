import type { Random } from './prng.js'

const MINUTE = 60_000_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Lima's distance from UTC; it has no summer time. */
const LIMA_BEHIND = 5 * HOUR
/** How busy each local hour is, from midnight on. */
const BUSY = [2, 1, 1, 1, 1, 2, 4, 8, 14, 20, 24, 24, 20, 18, 20, 22, 22, 22, 24, 26, 24, 18, 10, 5]
const hours = BUSY.map((weight, hour) => [hour, weight] as const)

/** Microseconds since 1970, as PostgreSQL keeps time: a whole number that JavaScript holds exactly. */
export type Micros = number

export const minutes = (count: number): Micros => Math.round(count * MINUTE)

/** ISO-8601 with six digits of fraction. */
export const isoTime = (time: Micros): string =>
  new Date(Math.floor(time / 1000)).toISOString().slice(0, -1) + String(time % 1000).padStart(3, '0') + 'Z'

/**
 * A moment of the 364 days that end at `end`, a midnight in UTC: busier by day and in the evening, busier lately
 * than a year ago, quieter on Sundays.
 */
export function moment(random: Random, end: Micros): Micros {
  const midnight = localMidnight(random, end)
  const hour = random.weighted(hours as [(typeof hours)[number], ...typeof hours])
  return midnight + hour * HOUR + random.between(0, HOUR - 1)
}

/** Two days back at least: an evening in Lima lies in the next day of UTC, and must not lie in the future. */
function localMidnight(random: Random, end: Micros): Micros {
  for (;;) {
    const daysAgo = 2 + Math.floor(362 * random.next() ** 1.3)
    const midnight = end - daysAgo * DAY + LIMA_BEHIND
    const isSunday = new Date((midnight - LIMA_BEHIND) / 1000).getUTCDay() === 0
    if (!isSunday || random.chance(0.4)) return midnight
  }
}
