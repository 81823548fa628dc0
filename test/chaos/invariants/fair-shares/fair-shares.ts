import { daysWaitOneSlice } from './days-wait-one-slice.js'
import { exportsWaitOneSlot } from './exports-wait-one-slot.js'
import type { FairShare } from './fair-share.js'
import { listsAreAnswered } from './lists-are-answered.js'

export const fairShares: readonly FairShare[] = [listsAreAnswered, exportsWaitOneSlot, daysWaitOneSlice]
