import { invalid } from '#core'
import { wholeNumber } from './fields.js'
import { MAX_OFFSET } from './paging.js'
import type { ListPlace } from './sealed-pages.js'

export const skipField = wholeNumber({ min: 0, fallback: 0 })
export const limitField = wholeNumber({ min: 1, max: 100, fallback: 10 })

export interface SkipQuery {
  skip?: number
  limit?: number
  cursor?: string
}

/**
 * Chat-Tonic's way to ask for a page, beside a cursor.
 * @throws AppError 400 for a skip beside a cursor, and for one so deep that only a cursor should lead there
 */
export function skipPlace({ skip, limit = 10, cursor }: SkipQuery): ListPlace {
  if (cursor !== undefined && skip !== undefined) throw invalid('skip', 'Goes without a cursor', skip)
  const offset = skip ?? 0
  if (offset <= MAX_OFFSET) return { size: limit, offset, cursor }
  throw invalid('cursor', `skip ends at row ${MAX_OFFSET}: follow next as cursor from there`)
}
