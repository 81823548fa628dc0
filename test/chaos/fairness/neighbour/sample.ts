import type { Outcome } from '../outcome.js'

/** One list that the neighbour asked for. */
export interface Sample {
  /** When it was to be sent, in milliseconds since 1970. */
  at: number
  /** From then until its answer was whole. */
  ms: number
  outcome: Outcome
}
