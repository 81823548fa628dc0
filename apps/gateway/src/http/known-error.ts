import { HttpException } from '@nestjs/common'
import { AppError, type ErrorCode, isAbsence } from '#core'

const codes: Partial<Record<number, ErrorCode>> = {
  400: 'VALIDATION_ERROR',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  503: 'UNAVAILABLE',
}

/**
 * What PostgreSQL undid because of another transaction (40001, 40P01), and what took too long (25P03, 55P03, 57014): nothing
 * was written, and the same request may pass.
 */
const undone = /^(25P03|55P03|40001|40P01|57014)$/

/** What a client is told of an error; null for what is our own fault and nobody's business. */
export function knownError(error: unknown): AppError | null {
  if (error instanceof AppError) return error
  // Thrown by Nest for a route that is not there, and made by it of Fastify's own refusals.
  if (error instanceof HttpException) {
    const code = codes[error.getStatus()]
    return code === undefined ? null : new AppError(code)
  }
  if (isOutage(error)) return new AppError('UNAVAILABLE', { message: 'Try again' }, { 'Retry-After': '5' })
  return null
}

function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (isAbsence(error)) return true
  if (error instanceof AggregateError) return error.errors.some(isOutage)
  const { code, driverError } = error as { code?: unknown; driverError?: unknown }
  return (typeof code === 'string' && undone.test(code)) || isOutage(driverError)
}
