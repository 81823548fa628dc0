import { invalid } from '#core'

/**
 * The one value of a parameter that goes by several names, and the name it came by.
 * @throws AppError 400 for names that came with different values
 */
export function oneOf(given: Record<string, string | undefined>): { field: string; value: string } | null {
  const [first, ...others] = Object.entries(given).flatMap(([field, value]) =>
    value === undefined ? [] : [{ field, value }],
  )
  if (first === undefined) return null
  const other = others.find(({ value }) => value !== first.value)
  if (other !== undefined) throw invalid(other.field, `Differs from ${first.field}`, other.value)
  return first
}
