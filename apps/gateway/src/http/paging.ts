import { z } from 'zod'
import { invalid } from '#core'

/** PostgreSQL reads every row it skips: deeper than this a cursor, which skips none, is the way. */
export const MAX_OFFSET = 100_000

export interface PageQuery {
  page?: number
  size?: number
  cursor?: string
}

/** Where a page starts: so many rows in, or after the place that a cursor seals. */
export interface PagePlace {
  /** null on a page that a cursor leads to. */
  page: number | null
  size: number
  offset: number
  cursor?: string
}

/** @throws AppError 400 for a page beside a cursor, and for one so deep that only a cursor should lead there */
export function pagePlace({ page, size = 20, cursor }: PageQuery): PagePlace {
  if (cursor !== undefined) {
    if (page !== undefined) throw invalid('page', 'Goes without a cursor', page)
    return { page: null, size, offset: 0, cursor }
  }
  const number = page ?? 1
  const offset = (number - 1) * size
  if (offset <= MAX_OFFSET) return { page: number, size, offset }
  throw invalid('cursor', `Pages end at row ${MAX_OFFSET}: follow pagination.next as cursor from there`)
}

export const pagination = z
  .object({
    page: z.int().nullable().describe('null on a page that was reached by a cursor'),
    size: z.int(),
    hasMore: z.boolean(),
    next: z.string().nullable().describe('The cursor of the next page'),
  })
  .meta({ id: 'Pagination' })
