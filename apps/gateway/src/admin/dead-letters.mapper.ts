import type { DeadLetter, Replayed } from '#exports'

export const deadLetterResource = ({ at, ...letter }: DeadLetter) => ({ ...letter, at: at.toISOString() })

/** How many of each kind. */
export const replayedCounts = (replayed: Replayed) =>
  Object.fromEntries(Object.entries(replayed).map(([kind, ids]) => [kind, ids.length]))
