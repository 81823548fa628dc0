import type { z } from 'zod'
import { AppError, invalid } from '#core'
import { sentenceOf } from './sentences.js'
import { unstorablePath } from './storable.js'

type Issue = z.core.$ZodIssue

/**
 * Checks what a client sent by a zod schema; the first thing that is wrong is told by the name of its field.
 *
 * @param name of a value that is checked on its own, which the path of its issues does not have
 * @throws AppError 400 that names the field
 */
export function validated<S extends z.ZodType>(schema: S, value: unknown, name?: string): z.output<S> {
  const parsed = schema.safeParse(value, { error: sentenceOf })
  if (!parsed.success) throw errorOf(parsed.error.issues[0], value, name)
  const path = unstorablePath(parsed.data)
  if (path === null) return parsed.data
  throw invalid(fieldOf(name, path), 'Must not have NUL characters or unpaired surrogates')
}

const fieldOf = (name: string | undefined, path: readonly PropertyKey[]): string =>
  (name === undefined ? path : [name, ...path]).map(String).join('.')

function errorOf(issue: Issue | undefined, input: unknown, name: string | undefined): AppError {
  if (issue === undefined) return new AppError('VALIDATION_ERROR')
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = unknown === undefined ? issue.path : [...issue.path, unknown]
  const value = at(input, path)
  if (unknown !== undefined) return invalid(fieldOf(name, path), 'Is not a known field', value)
  if (path.length === 0 && name === undefined) {
    return new AppError('VALIDATION_ERROR', { message: 'The body must be a JSON object' })
  }
  const missing = value === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')
  return invalid(fieldOf(name, path), missing ? 'Is required' : issue.message, value)
}

const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((value: unknown, key) => {
    const own = typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    return own ? (value as Record<PropertyKey, unknown>)[key] : undefined
  }, input)
