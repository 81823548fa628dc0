export const SECONDS_PER_DAY = 86_400
export const MS_PER_DAY = 86_400_000

/** PostgreSQL counts from 2000-01-01, the rest of the world from 1970-01-01: days between. */
export const POSTGRES_EPOCH_DAY = 10_957

const DAYS_PER_ERA = 146_097

/**
 * A day of the proleptic Gregorian calendar. Year 0 is 1 BC, as in ISO 8601. One object is set over and over,
 * so that no row allocates.
 */
export class CalendarDay {
  year = 1970
  month = 1
  day = 1
  private unixDay = 0

  /**
   * @param unixDay days since 1970-01-01
   * @see https://howardhinnant.github.io/date_algorithms.html (civil_from_days), right beyond the range of Date
   */
  set(unixDay: number): void {
    // Rows come in the order of a time, so a day often serves thousands of them.
    if (unixDay === this.unixDay) return
    this.unixDay = unixDay
    const shifted = unixDay + 719_468
    const era = Math.floor(shifted / DAYS_PER_ERA)
    const dayOfEra = (shifted - era * DAYS_PER_ERA) | 0
    const leapDays = ((dayOfEra / 1460) | 0) - ((dayOfEra / 36_524) | 0) + ((dayOfEra / 146_096) | 0)
    const yearOfEra = ((dayOfEra - leapDays) / 365) | 0
    const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0))
    // Years begin in March here, so that the leap day is the last.
    const monthFromMarch = ((5 * dayOfYear + 2) / 153) | 0
    this.day = dayOfYear - (((153 * monthFromMarch + 2) / 5) | 0) + 1
    this.month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    this.year = era * 400 + yearOfEra + (this.month <= 2 ? 1 : 0)
  }
}
