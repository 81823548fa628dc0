const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Lima's distance from UTC; it has no summer time. */
const LIMA_BEHIND = 5 * HOUR
/** How busy each local hour is, from midnight on. */
const BUSY = [2, 1, 1, 1, 1, 2, 4, 8, 14, 20, 24, 24, 20, 18, 20, 22, 22, 22, 24, 26, 24, 18, 10, 5]
const SUNDAY = 0.4
/** How busy the first day is against the last: business grows. */
const AT_FIRST = 0.5

/**
 * When people come within a period: more by day and in the evening, fewer on Sundays, more at its end than at its
 * beginning. Times are milliseconds since 1970.
 */
export class Calendar {
  /** How many have come by the end of each hour of the period, as a share of all. */
  private readonly come: Float64Array

  constructor(
    private readonly start: number,
    private readonly end: number,
  ) {
    const hours = Math.max(1, Math.ceil((end - start) / HOUR))
    this.come = new Float64Array(hours)
    let sum = 0
    for (let hour = 0; hour < hours; hour++) {
      const growth = AT_FIRST + ((1 - AT_FIRST) * hour) / hours
      this.come[hour] = sum += growth * busyAt(start + hour * HOUR)
    }
    for (let hour = 0; hour < hours; hour++) this.come[hour] = (this.come[hour] ?? 0) / sum
  }

  /** When a share of all people has come. @param share from 0 to 1, without 1 @returns before the end, with fractions */
  at(share: number): number {
    const hour = this.hourOf(share)
    const before = this.come[hour - 1] ?? 0
    const within = (share - before) / ((this.come[hour] ?? 1) - before)
    const from = this.start + hour * HOUR
    return from + Math.min(within, 0.999_999) * Math.min(HOUR, this.end - from)
  }

  /** The first hour by whose end more than that share has come. */
  private hourOf(share: number): number {
    let low = 0
    let high = this.come.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.come[middle] ?? 1) > share) high = middle
      else low = middle + 1
    }
    return low
  }
}

function busyAt(time: number): number {
  const local = new Date(time - LIMA_BEHIND)
  return (BUSY[local.getUTCHours()] ?? 1) * (local.getUTCDay() === 0 ? SUNDAY : 1)
}

export const days = (count: number): number => count * DAY
export const hours = (count: number): number => count * HOUR
export const minutes = (count: number): number => count * 60_000
