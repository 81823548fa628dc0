import type { AbuseName } from './abuses/abuses.js'
import type { Errands } from './neighbour/errands.js'
import type { Sample } from './neighbour/sample.js'
import type { Outcomes } from './outcome.js'

/** What the neighbour met while another tenant did one of its worst things, and right after it. */
export interface Round {
  abuse: AbuseName
  during: readonly Sample[]
  after: readonly Sample[]
  /** The worst of several. */
  errands: Errands
  /** How long the longest of the abuser's exports had run by the end of the round; 0: it had none. */
  longestExportMs: number
  /** How the abuser's own requests ended. */
  outcomes: Outcomes
}

/** What the neighbour met in a whole run. */
export interface FairnessMeasure {
  /** While nobody else did anything, at the beginning of the run. */
  idle: { lists: readonly Sample[]; errands: Errands }
  rounds: readonly Round[]
}
