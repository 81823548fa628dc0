/** A schema whose objects take no property that it does not name, at any depth, unless it says what others are like. */
export function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value as unknown)]),
  )
  const isOpenObject =
    inner['type'] === 'object' && 'properties' in inner && !('additionalProperties' in inner)
  return (isOpenObject ? { ...inner, additionalProperties: false } : inner) as T
}
