import type { Sample } from '../../fairness/neighbour/sample.js'
import { count, type Outcomes } from '../../fairness/outcome.js'
import { percentile } from '../../fairness/percentile.js'
import type { Finding } from '../evidence.js'
import type { FairShare } from './fair-share.js'

const name = 'lists-are-answered'

const PERCENT = 99
/** How much slower lists may become, as a multiple of what they take while nobody else does anything. */
const TIMES_IDLE = 5
/** A list that was very fast may become so slow all the same. */
const ALWAYS_ALLOWED_MS = 50

/** No list is refused, and p99 stays within max(5 × idle, 50 ms), while another tenant does its worst and after it. */
export const listsAreAnswered: FairShare = {
  name,
  check({ idle, rounds }) {
    const idleMs = p99(idle.lists)
    const bound = allowedListMs(idle.lists)
    return [
      ...refused('while nobody else did anything', idle.lists),
      ...rounds.flatMap(({ abuse, during, after }) => [
        ...refused(`during ${abuse}`, during),
        ...slow(`during ${abuse}`, during, bound, idleMs),
        ...refused(`after ${abuse}`, after),
        ...slow(`after ${abuse}`, after, bound, idleMs),
      ]),
    ]
  },
}

/** What p99 may be, by the lists of the idle phase of the same run. */
export const allowedListMs = (idle: readonly Sample[]): number =>
  Math.max(TIMES_IDLE * p99(idle), ALWAYS_ALLOWED_MS)

const p99 = (samples: readonly Sample[]): number =>
  percentile(
    samples.map(({ ms }) => ms),
    PERCENT,
  )

function refused(when: string, samples: readonly Sample[]): Finding[] {
  if (samples.length === 0) return [finding(`no list was asked for ${when}`)]
  const outcomes: Outcomes = {}
  for (const { outcome } of samples) if (outcome !== 200) count(outcomes, outcome)
  const listed = Object.entries(outcomes).map(([outcome, times]) => `${times} × ${outcome}`)
  if (listed.length === 0) return []
  return [finding(`of ${samples.length} lists ${when}, ${listed.join(', ')}`)]
}

function slow(when: string, samples: readonly Sample[], bound: number, idleMs: number): Finding[] {
  const ms = p99(samples)
  // Of no list at all it was said that there is none.
  if (samples.length === 0 || ms <= bound) return []
  const least = `at most ${bound.toFixed(0)} ms, idle ${idleMs.toFixed(1)} ms`
  return [finding(`p99 of lists ${when} was ${ms.toFixed(0)} ms: ${least}`)]
}

const finding = (says: string): Finding => ({ invariant: name, exportId: null, says })
