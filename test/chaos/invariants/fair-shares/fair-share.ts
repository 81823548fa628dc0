import type { FairnessMeasure } from '../../fairness/measure.js'
import type { Finding } from '../evidence.js'

/** What must hold for one tenant whatever another one does. */
export interface FairShare {
  name: string
  /** @returns nothing where it holds */
  check(measure: FairnessMeasure): Finding[]
}
