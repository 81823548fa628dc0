import type { Finding } from '../evidence.js'
import type { FairShare } from './fair-share.js'

const name = 'days-wait-one-slice'

/** The longest that one slice of a day of another tenant may take. */
const SLICE_MS = 5000
/** Late days are looked for once a second in these runs. */
const SWEEP_MS = 1000

/** A day's archive waits for no more than one slice of the other tenant's days. */
export const daysWaitOneSlice: FairShare = {
  name,
  check({ idle, rounds }) {
    const bound = (idle.errands.dayWaitMs ?? 0) + SLICE_MS + SWEEP_MS
    return [
      ...failed('while nobody else did anything', idle.errands.dayWaitMs, Infinity),
      ...rounds.flatMap(({ abuse, errands }) => failed(`during ${abuse}`, errands.dayWaitMs, bound)),
    ]
  },
}

function failed(when: string, waitMs: number | null, bound: number): Finding[] {
  if (waitMs === null) return [finding(`the day ${when} was not built in time`)]
  if (waitMs <= bound) return []
  return [finding(`the day ${when} was built after ${waitMs.toFixed(0)} ms: at most ${bound.toFixed(0)} ms`)]
}

const finding = (says: string): Finding => ({ invariant: name, exportId: null, says })
