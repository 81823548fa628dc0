import type { Config } from '#core'

/** What a check found: a sentence, and where something is wrong a second one that says what to do. */
export type Finding = { ok: true; found: string } | { ok: false; found: string; advice: string }

export const fine = (found: string): Finding => ({ ok: true, found })
export const wrong = (found: string, advice: string): Finding => ({ ok: false, found, advice })

/** One thing that has to be in order. */
export interface Check {
  readonly name: string
  /** What it throws is found wrong too, with this advice. */
  readonly advice: string
  readonly run: (config: Config) => Promise<Finding>
}

/** How a check ended, as `--json` prints it. */
export type Result = { check: string } & Finding

/** A part that says nothing is as wrong as one that refuses. */
const WITHIN_MS = 20_000

/** Runs one check to its end. Never throws. */
export async function carryOut({ name, advice, run }: Check, config: Config): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve(wrong(`No answer within ${WITHIN_MS / 1000} s.`, advice)), WITHIN_MS)
  })
  const ended = run(config).catch((error: unknown) => wrong(sentenceOf(error), advice))
  const finding = await Promise.race([ended, late])
  clearTimeout(timer)
  return { check: name, ...finding }
}

/** Node tries every address of a host; the sum of its failures has no message of its own. */
function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(sentenceOf).join(' ')
  const text = error instanceof Error ? error.message || error.name : String(error)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
