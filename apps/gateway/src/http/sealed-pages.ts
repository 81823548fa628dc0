import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config, type Page, type Slice } from '#core'
import { Cursors, type CursorScope } from './cursor.js'
import type { PagePlace } from './paging.js'

/** Where a page starts, by whichever names a dialect asks for it. */
export interface ListPlace {
  size: number
  offset: number
  cursor?: string
}

export interface SealedPage<Row> {
  rows: Row[]
  hasMore: boolean
  /** The cursor of the next page. */
  next: string | null
}

/** Reads a page of any list: opens the cursor that leads to it, and seals the one that leads on. */
@Injectable()
export class SealedPages {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'APP_SECRET'>) {}

  /** @throws AppError 400 INVALID_CURSOR for one of another list, workspace or filter */
  async read<Row>(
    scope: CursorScope,
    { size, offset, cursor }: ListPlace,
    list: (slice: Slice) => Promise<Page<Row>>,
  ): Promise<SealedPage<Row>> {
    const cursors = new Cursors(this.config.APP_SECRET, scope)
    const after = cursor === undefined ? undefined : cursors.open(cursor)
    const { rows, next } = await list({ limit: size, offset, after })
    return { rows, hasMore: next !== null, next: next === null ? null : cursors.seal(next) }
  }
}

/** The `pagination` of an answer. */
export const paginationOf = (
  { page, size }: PagePlace,
  { hasMore, next }: Pick<SealedPage<unknown>, 'hasMore' | 'next'>,
) => ({ page, size, hasMore, next })
