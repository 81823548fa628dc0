import { SECONDS_PER_DAY } from './calendar.js'

/** A day's offsets: `before` up to the second `changesAt` of that day, `after` from it on. */
interface DayOffsets {
  changesAt: number
  before: number
  after: number
}

/** Days that are kept; a file of a thousand years is asked for again rather than kept. */
const MAX_CACHED_DAYS = 4096

/** Date ends here, PostgreSQL does not: beyond, the last known offset holds. */
const LAST_DAY = 100_000_000 - 1

/** Knows how far a zone is from UTC at a moment, so that most times cost two comparisons and no Intl. */
export class ZoneClock {
  private readonly format: Intl.DateTimeFormat
  private readonly days = new Map<number, DayOffsets>()
  private day = NaN
  private offsets: DayOffsets = { changesAt: 0, before: 0, after: 0 }

  /** @throws RangeError when there is no such zone */
  constructor(zone: string) {
    this.format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  }

  /**
   * Minutes to add to UTC. ISO 8601 has no seconds in an offset, which only times before standard time
   * had: they are cut, and the local time with them, so that the moment stays what it was.
   *
   * @param unixDay days since 1970-01-01 in UTC
   * @param second of that day
   */
  minutesAt(unixDay: number, second: number): number {
    if (unixDay !== this.day) this.load(unixDay)
    return second < this.offsets.changesAt ? this.offsets.before : this.offsets.after
  }

  private load(unixDay: number): void {
    let offsets = this.days.get(unixDay)
    if (offsets === undefined) {
      offsets = this.find(Math.max(-LAST_DAY, Math.min(LAST_DAY, unixDay)) * SECONDS_PER_DAY)
      if (this.days.size >= MAX_CACHED_DAYS) this.days.clear()
      this.days.set(unixDay, offsets)
    }
    this.day = unixDay
    this.offsets = offsets
  }

  /** No zone has changed its clocks twice in a day, so bisecting finds the second. */
  private find(midnight: number): DayOffsets {
    const before = this.ask(midnight)
    const after = this.ask(midnight + SECONDS_PER_DAY - 1)
    if (before === after) return { changesAt: 0, before, after }
    let low = 0
    let high = SECONDS_PER_DAY - 1
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.ask(midnight + middle) === before) low = middle
      else high = middle
    }
    return { changesAt: high, before, after }
  }

  /** Intl says `GMT`, `GMT-05:00` or, long ago, `GMT-05:08:36`. */
  private ask(unixSecond: number): number {
    const text = this.format.format(unixSecond * 1000)
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
  }
}
