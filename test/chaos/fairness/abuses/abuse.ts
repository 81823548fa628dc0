import type { Outcomes } from '../outcome.js'
import type { Target } from '../target.js'

/** What one tenant does to the product with one key. */
export interface Abuse {
  /** How many leads its workspace begins with. */
  leads: number
  /** Prepares it, which is not measured. @returns what does it until `over`, and counts how its requests end */
  prepare(target: Target, outcomes: Outcomes): Promise<(over: AbortSignal) => Promise<void>>
}

/** A workspace that has a few pages of leads. */
export const FEW_LEADS = 300
/** A csv of so many is larger than one part of a multipart upload. */
export const MANY_LEADS = 45_000
