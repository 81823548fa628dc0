import { SetMetadata } from '@nestjs/common'

/**
 * How an answer is kept of which the request says most already: a client that sends the request again sends that as well.
 * `expand(compact(answer), body)` is the answer, to the byte.
 */
export interface CompactAnswer<A> {
  compact(answer: A): unknown
  /** @param kept what `compact` returned, as JSON brings it back. @param body of the same request */
  expand(kept: unknown, body: unknown): A
}

export const COMPACT_ANSWER = 'compactAnswer'

/** For an Idempotent route. */
export const KeepsCompact = <A>(form: CompactAnswer<A>) => SetMetadata(COMPACT_ANSWER, form)
