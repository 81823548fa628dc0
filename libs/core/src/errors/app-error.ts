import { type ErrorCode, errorCatalog } from './catalog.js'
import { type ErrorDetails, withShortEchoes } from './details.js'

/** An error that a client is told of. Anything else that is thrown is a 500 and is logged, not shown. */
export class AppError extends Error {
  readonly details: ErrorDetails

  constructor(
    readonly code: ErrorCode,
    details: ErrorDetails = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(details.message ?? errorCatalog[code].error)
    this.name = 'AppError'
    this.details = withShortEchoes(details)
  }

  get status(): number {
    return errorCatalog[this.code].status
  }
}

/** 400 that names the field. */
export const invalid = (field: string, message: string, value?: unknown): AppError =>
  new AppError('VALIDATION_ERROR', { field, value, message })

/** 404. It carries no value, so that another tenant's thing and a missing one answer the same bytes. */
export const notFound = (field: string, what: string): AppError =>
  new AppError('NOT_FOUND', { field, message: `${what} was not found` })
