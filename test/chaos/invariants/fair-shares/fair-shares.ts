import type { FairnessMeasure } from '../../fairness/measure.js'
import type { Finding } from '../evidence.js'
import { daysWaitOneSlice } from './days-wait-one-slice.js'
import { exportsWaitOneSlot } from './exports-wait-one-slot.js'
import { listsAreAnswered } from './lists-are-answered.js'

/** What must hold for one tenant whatever another one does. */
export interface FairShare {
  name: string
  /** @returns nothing where it holds */
  check(measure: FairnessMeasure): Finding[]
}

export const fairShares: readonly FairShare[] = [listsAreAnswered, exportsWaitOneSlot, daysWaitOneSlice]
