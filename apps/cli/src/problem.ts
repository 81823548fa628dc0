import { AppError } from '#core'

/** What a person is told of an error: the field where there is one, never a stack. */
export function problemOf(error: unknown): string {
  if (error instanceof AppError) return [error.details.field, error.message].filter(Boolean).join(': ')
  // Node tries every address of a host; the sum of its failures has no message of its own.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(problemOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
