/** NUL and lone surrogates: JSON can spell them, no text of PostgreSQL can hold them (22P05, 22P02). */
const unstorable = /[\0\p{Surrogate}]/u

/**
 * Where a value has text that PostgreSQL would refuse, keys included; null where it has none. The
 * value has passed its schema, which bounds how deeply it is nested.
 */
export function unstorablePath(value: unknown): string[] | null {
  if (typeof value === 'string') return unstorable.test(value) ? [] : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    if (unstorable.test(key)) return []
    const path = unstorablePath(inner)
    if (path !== null) return [key, ...path]
  }
  return null
}
