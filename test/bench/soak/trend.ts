import { median } from '../measure.js'

/** So many looks in a row make up for garbage that happens to wait for its collection at one of them. */
const LOOKS = 5

/** What became of a process's memory over a load of equal units. MB of 10^6 bytes. */
export interface Trend {
  /** After a tenth of the units, and at the end; the median of the five looks up to there. */
  early: number
  late: number
  gained: number
  /** MB that 100 units add, by least squares over the units after the first tenth. */
  slope: number
  most: number
}

/** @param looks the memory after each unit @throws Error for fewer than 10 units */
export function trendOf(looks: readonly number[]): Trend {
  const tenth = Math.floor(looks.length / 10)
  if (tenth < 1) throw new Error('a trend needs 10 units at least')
  const around = (end: number) => median(looks.slice(Math.max(0, end - LOOKS), end))
  const [early, late] = [around(tenth), around(looks.length)]
  return {
    early,
    late,
    gained: late - early,
    slope: 100 * slopeOf(looks.slice(tenth)),
    most: Math.max(...looks),
  }
}

/** By least squares, of values one apart. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const covariance = values.reduce((sum, value, n) => sum + (n - middle) * (value - mean), 0)
  const variance = values.reduce((sum, _, n) => sum + (n - middle) ** 2, 0)
  return covariance / variance
}
