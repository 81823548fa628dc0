import type { Outcome } from './kit.js'
import type { Target } from './target.js'

/** A report is made to be shown: keys are masked before anything is cut, since half a key is one too much. */
export function withoutSecrets(outcomes: readonly Outcome[], { key, appToken }: Target): Outcome[] {
  const secrets = [
    [key, 'sk-workspace_…'],
    [appToken ?? '', 'app_…'],
  ] as const
  const masked = (text: string): string =>
    secrets.reduce((shown, [secret, mask]) => (secret === '' ? shown : shown.replaceAll(secret, mask)), text)
  return outcomes.map((outcome) => ({
    ...outcome,
    substitutions: outcome.substitutions.map(({ what, from, to }) => ({
      what,
      from: masked(from),
      to: masked(to),
    })),
    reasons: outcome.reasons.map(masked),
  }))
}
