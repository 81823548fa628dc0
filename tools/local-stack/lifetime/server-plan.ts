import type { Ids } from '../run-as.js'

/** What a guard is told, as JSON on its command line: everyone may read it there, so it holds no secret. */
export interface ServerPlan {
  readonly command: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
  readonly ids?: Ids
  /** Signals that end the server, each with the time it gets before the next; SIGKILL comes after the last. */
  readonly stop: readonly StopStep[]
}

export interface StopStep {
  readonly signal: NodeJS.Signals
  readonly graceMs: number
}

/** What a guard says when its server runs. */
export interface Started {
  readonly pid: number
}
