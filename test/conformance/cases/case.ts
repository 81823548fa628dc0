import type { Rules } from '../compare.js'
import type { Runner } from '../runners/runner.js'
import type { Substitution } from '../substitution.js'
import type { World } from '../world.js'

export type Dialect = 'Chatbase' | 'Chatzuri' | 'Workspace' | 'Chat-Tonic'

/** One run of one example. */
export interface Case {
  dialect: Dialect
  /** As the document heads it. */
  endpoint: string
  /** What it is to show, in a few words. */
  shows: string
  runner: Runner
  /** The example as it is printed. */
  text: string
  /** @throws Error when the deployment lacks what the example needs */
  prepare: (world: World) => Promise<Prepared> | Prepared
}

export interface Prepared {
  substitutions: Substitution[]
  /** The documented status. */
  status: number
  /** The documented body; absent where the document shows none. */
  answer?: Answer
}

export interface Answer {
  /** The document's example response. */
  text: string
  /** What has to change in it: it is not JSON as printed, or shows what the example did not send. */
  substitutions?: Substitution[]
  rules?: Rules
  /** Fields that the document has in its prose only. */
  prose?: (answer: Record<string, unknown>) => Record<string, unknown>
}
