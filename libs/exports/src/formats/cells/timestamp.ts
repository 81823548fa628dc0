import { MS_PER_DAY, POSTGRES_EPOCH_DAY } from './calendar.js'
import { expectSize } from './fixed-size.js'
import { ZoneClock } from './zone-clock.js'

const US_PER_DAY = MS_PER_DAY * 1000

/** Below, a count of microseconds divided by 1,000 can't be rounded up to the next millisecond (the year 2142). */
const EXACT = 2 ** 52

/** Whether times of a file are UTC, `…Z`, and not a zone's local time. */
export const isUtc = (timeZone: string | undefined): boolean => timeZone === undefined || timeZone === 'UTC'

/**
 * A timestamptz taken apart: a day and a time of day in the zone. It is one object that is read into
 * over and over, so that no row allocates. Microseconds are cut, not rounded: a time never moves ahead.
 */
export class Timestamp {
  /** Days since 1970-01-01, local. */
  day = 0
  /** Milliseconds since local midnight by the offset, as if the clocks did not change that day. */
  ms = 0
  /** Minutes that local time is ahead of UTC. */
  offset = 0

  private readonly clock: ZoneClock | undefined

  /** @throws RangeError when there is no such zone */
  constructor(timeZone: string | undefined) {
    this.clock = timeZone === undefined || isUtc(timeZone) ? undefined : new ZoneClock(timeZone)
  }

  /**
   * Reads int64 microseconds since 2000-01-01 UTC.
   *
   * @returns false for infinity and -infinity, which `isNegative` tells apart
   */
  read(view: DataView, start: number, end: number): boolean {
    expectSize('timestamptz', 8, start, end)
    const high = view.getInt32(start)
    const low = view.getUint32(start + 4)
    if (isInfinite(high, low)) return false
    const us = high * 2 ** 32 + low
    if (us > -EXACT && us < EXACT) {
      const ms = Math.floor(us / 1000)
      const day = Math.floor(ms / MS_PER_DAY) | 0
      this.place(day, (ms - day * MS_PER_DAY) | 0)
    } else {
      this.readFarAway(view.getBigInt64(start))
    }
    return true
  }

  private readFarAway(us: bigint): void {
    const timeOfDay = ((us % BigInt(US_PER_DAY)) + BigInt(US_PER_DAY)) % BigInt(US_PER_DAY)
    this.place(Number((us - timeOfDay) / BigInt(US_PER_DAY)), Number(timeOfDay / 1000n))
  }

  private place(postgresDay: number, ms: number): void {
    this.day = postgresDay + POSTGRES_EPOCH_DAY
    this.ms = ms
    if (this.clock === undefined) return
    this.offset = this.clock.minutesAt(this.day, (ms / 1000) | 0)
    this.ms += this.offset * 60_000
    if (this.ms < 0) {
      this.ms += MS_PER_DAY
      this.day--
    } else if (this.ms >= MS_PER_DAY) {
      this.ms -= MS_PER_DAY
      this.day++
    }
  }
}

const isInfinite = (high: number, low: number): boolean =>
  (high === 0x7fff_ffff && low === 0xffff_ffff) || (high === -0x8000_0000 && low === 0)

/** Whether a big-endian integer is below zero, which for an infinite time means `-infinity`. */
export const isNegative = (view: DataView, start: number): boolean => view.getInt8(start) < 0
