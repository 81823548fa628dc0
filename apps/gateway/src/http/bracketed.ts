import { z } from 'zod'

/**
 * The parameter that a query means by `page[]`, `page[0]` or `page[$gt]`: other frameworks read lists and
 * objects so. We have neither, and to ignore it as unknown would answer another question than was asked.
 */
export function bracketedParameter(schema: z.ZodType, query: unknown): string | undefined {
  if (!(schema instanceof z.ZodObject)) return undefined
  return Object.keys(query ?? {})
    .filter((name) => name.includes('['))
    .map((name) => name.slice(0, name.indexOf('[')))
    .find((name) => Object.hasOwn(schema.shape, name))
}
