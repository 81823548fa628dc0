import type { Case, Prepared } from './cases/case.js'
import { judged } from './judge.js'
import { Recorder } from './recorder.js'
import { changes, type Substitution, substituted } from './substitution.js'
import type { Target } from './target.js'
import { World } from './world.js'

/** How one example fared. */
export interface Outcome {
  case: Case
  /** The documented status; null when it did not come to a request. */
  status: number | null
  substitutions: Substitution[]
  result: 'pass' | 'fail' | 'skipped'
  /** Why it is not a pass. */
  reasons: string[]
}

/** Runs examples against a deployment, one after the other, and holds each answer against its document. */
export async function runKit(target: Target, cases: readonly Case[]): Promise<Outcome[]> {
  const recorder = await Recorder.start(new URL(target.url))
  try {
    const world = new World(target, new URL(recorder.origin))
    const outcomes: Outcome[] = []
    for (const one of cases) outcomes.push(await outcomeOf(one, world, recorder))
    return outcomes
  } finally {
    await recorder.close()
  }
}

async function outcomeOf(one: Case, world: World, recorder: Recorder): Promise<Outcome> {
  const missing = await one.runner.missing()
  if (missing !== null) {
    return { case: one, status: null, substitutions: [], result: 'skipped', reasons: [missing] }
  }
  let prepared: Prepared
  try {
    prepared = await one.prepare(world)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { case: one, status: null, substitutions: [], result: 'fail', reasons: [reason] }
  }
  const { status, answer } = prepared
  const reasons = await reasonsAgainst(one, prepared, world, recorder)
  const substitutions = changes([...prepared.substitutions, ...(answer?.substitutions ?? [])])
  return { case: one, status, substitutions, result: reasons.length === 0 ? 'pass' : 'fail', reasons }
}

async function reasonsAgainst(
  { runner, text }: Case,
  { substitutions, status, answer }: Prepared,
  world: World,
  recorder: Recorder,
): Promise<string[]> {
  const { exchanges, result: complaint } = await recorder.during(() =>
    runner.run(substituted(text, substitutions), world.recorder),
  )
  const wrong = judged(exchanges, status, answer)
  // An example of an error may end badly, as the document's own code does; one of a success may not.
  return complaint === null || (status >= 300 && wrong.length === 0) ? wrong : [...wrong, complaint]
}
