import { AppError } from '#core'

/** The error a client would be told of; a test fails when there is none. */
export function refusal(work: () => unknown): AppError {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it was accepted')
}
