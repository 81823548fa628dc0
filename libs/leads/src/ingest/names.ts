/** Names of collected data that one lead or one record keeps: more is no real conversation. */
export const MAX_NAMES = 100

/**
 * Those of too many names that stay. By the alphabet, because a name that has once fallen out can then never come
 * back, so that what was forgotten with it is never missed.
 */
export const firstByName = (names: readonly string[]): string[] =>
  names.length <= MAX_NAMES ? [...names] : [...names].sort().slice(0, MAX_NAMES)
