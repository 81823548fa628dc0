import { z } from 'zod'

/** Days to search, YYYY-MM-DD, both included. */
export interface WantedDays {
  first: string
  last: string
}

/** PostgreSQL has no year 0. */
const day = z.iso.date().refine((text) => text >= '0001')

/**
 * What someone chose in the search form: a range, or a day, where the other end was left empty.
 * @returns null where no day was chosen, 'invalid' for what is no day, or a range that ends before it begins
 */
export function wantedDays({ from, to }: { from: string; to: string }): WantedDays | 'invalid' | null {
  if (from === '' && to === '') return null
  const [first, last] = [from || to, to || from]
  const areDays = day.safeParse(first).success && day.safeParse(last).success
  return areDays && first <= last ? { first, last } : 'invalid'
}
