import type { FairnessMeasure, Round } from '../../fairness/measure.js'
import type { Errands } from '../../fairness/neighbour/errands.js'
import type { Sample } from '../../fairness/neighbour/sample.js'
import type { Outcome } from '../../fairness/outcome.js'
import { fairShares } from './fair-shares.js'

/** Lists that took so many milliseconds each, and ended so. */
const lists = (times: readonly number[], outcome: Outcome = 200): Sample[] =>
  times.map((ms, n) => ({ at: n * 50, ms, outcome }))
/** A hundred lists of so many milliseconds, the last ones of so many more. */
const hundred = (ms: number, ...slowest: number[]): Sample[] =>
  lists([...Array.from({ length: 100 - slowest.length }, () => ms), ...slowest])

const served: Errands = { exportWaitMs: 20, dayWaitMs: 3000, refusals: [] }
const fairRound: Round = {
  abuse: 'many-exports',
  during: hundred(10),
  after: hundred(10),
  errands: served,
  longestExportMs: 0,
  outcomes: {},
}
const idle = { lists: hundred(4), errands: served }

function findings(round: Partial<Round>, quiet: FairnessMeasure['idle'] = idle): string[] {
  const measure = { idle: quiet, rounds: [{ ...fairRound, ...round }] }
  return fairShares.flatMap((invariant) =>
    invariant.check(measure).map((finding) => `${finding.invariant}: ${finding.says}`),
  )
}

describe('the invariants of fair shares', () => {
  it('find nothing in a round that disturbed nobody', () => {
    expect(findings({})).toEqual([])
  })

  describe('lists-are-answered', () => {
    it('allows 50 ms where the idle p99 is small', () => {
      expect(findings({ during: hundred(4, 50, 50), after: hundred(50) })).toEqual([])
      expect(findings({ during: hundred(4, 51, 51) })).toEqual([
        'lists-are-answered: p99 of lists during many-exports was 51 ms: at most 50 ms, idle 4.0 ms',
      ])
    })

    it('allows five times the idle p99 where that is more', () => {
      const quiet = { ...idle, lists: hundred(4, 20, 20) }
      expect(findings({ during: hundred(100) }, quiet)).toEqual([])
      expect(findings({ after: hundred(101) }, quiet)).toEqual([
        'lists-are-answered: p99 of lists after many-exports was 101 ms: at most 100 ms, idle 20.0 ms',
      ])
    })

    it('does not count the slowest of a hundred', () => {
      expect(findings({ during: hundred(4, 9000) })).toEqual([])
    })

    it.each<Outcome>([429, 503, 500, 400, 'cut', 'late'])(
      'counts every list that ended with %s',
      (outcome) => {
        expect(findings({ during: [...hundred(4), ...lists([4, 4], outcome)] })).toEqual([
          `lists-are-answered: of 102 lists during many-exports, 2 × ${outcome}`,
        ])
      },
    )

    it('finds a phase without lists, and lists refused while nobody else did anything', () => {
      expect(findings({ after: [] })).toEqual([
        'lists-are-answered: no list was asked for after many-exports',
      ])
      expect(findings({}, { ...idle, lists: [...idle.lists, ...lists([4], 503)] })).toEqual([
        'lists-are-answered: of 101 lists while nobody else did anything, 1 × 503',
      ])
    })
  })

  describe('exports-wait-one-slot', () => {
    it("allows the wait of an idle system, the abuser's longest export, and a second to wake up", () => {
      const waited = (exportWaitMs: number) => ({
        errands: { ...served, exportWaitMs },
        longestExportMs: 2000,
      })
      expect(findings(waited(3020))).toEqual([])
      expect(findings(waited(3021))).toEqual([
        'exports-wait-one-slot: the export during many-exports waited 3021 ms: at most 3020 ms',
      ])
    })

    it('finds an export that was not begun, and what was refused', () => {
      const refusals = ['an export was answered 429']
      expect(findings({ errands: { ...served, exportWaitMs: null, refusals } })).toEqual([
        'exports-wait-one-slot: the export during many-exports was not begun in time',
        'exports-wait-one-slot: during many-exports, an export was answered 429',
      ])
    })
  })

  describe('days-wait-one-slice', () => {
    it('allows the wait of an idle system, a slice of 5 s, and one look for late days', () => {
      const waited = (dayWaitMs: number | null) => ({ errands: { ...served, dayWaitMs } })
      expect(findings(waited(9000))).toEqual([])
      expect(findings(waited(9001))).toEqual([
        'days-wait-one-slice: the day during many-exports was built after 9001 ms: at most 9000 ms',
      ])
      expect(findings(waited(null))).toEqual([
        'days-wait-one-slice: the day during many-exports was not built in time',
      ])
    })
  })
})
