/** A piece of an example that cannot stay as the document prints it, and what stands there instead. */
export interface Substitution {
  /** A word or two for the table. */
  what: string
  from: string
  to: string
}

/**
 * Puts every substitution in, everywhere it applies.
 * @throws Error for one that is nowhere in the text: the table would tell of a change that was not made
 */
export function substituted(text: string, substitutions: readonly Substitution[]): string {
  return substitutions.reduce((changed, { what, from, to }) => {
    if (!changed.includes(from)) throw new Error(`nothing to substitute for "${what}": no ${from}`)
    return changed.replaceAll(from, () => to)
  }, text)
}

/** What really changes something: a deployment may have the very value that the document shows. */
export const changes = (substitutions: readonly Substitution[]): Substitution[] =>
  substitutions.filter(({ from, to }) => from !== to)
