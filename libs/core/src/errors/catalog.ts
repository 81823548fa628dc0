/**
 * Every error a client can see: its status and its sentence, in the seeds' two languages of use.
 * A test holds this list against docs/errors.md in both directions.
 */
export const errorCatalog = {
  VALIDATION_ERROR: { status: 400, error: 'Validation failed' },
  INVALID_JSON: { status: 400, error: 'The body is not valid JSON' },
  MALFORMED_REQUEST: { status: 400, error: 'The request is not valid HTTP' },
  INVALID_CURSOR: { status: 400, error: 'The cursor is not one of this list' },
  UNAUTHORIZED: { status: 401, error: 'Unauthorized' },
  FORBIDDEN: { status: 403, error: 'Not allowed' },
  RECIPIENT_NOT_ALLOWED: { status: 403, error: 'The recipient is not on the allow-list of the workspace' },
  NOT_FOUND: { status: 404, error: 'Not found' },
  METHOD_NOT_ALLOWED: { status: 405, error: 'Method not allowed' },
  REQUEST_TIMEOUT: { status: 408, error: 'The request took too long to arrive' },
  DUPLICATE_EMAIL: { status: 409, error: 'Email already exists' },
  CONFLICT: { status: 409, error: 'The request conflicts with the present state' },
  IDEMPOTENCY_IN_FLIGHT: { status: 409, error: 'A request with this Idempotency-Key is still under way' },
  GONE: { status: 410, error: 'The file is no longer there' },
  PAYLOAD_TOO_LARGE: { status: 413, error: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, error: 'The content type is not one that this route reads' },
  RANGE_NOT_SATISFIABLE: { status: 416, error: 'The range lies outside the file' },
  IDEMPOTENCY_MISMATCH: { status: 422, error: 'The Idempotency-Key was used with another body' },
  TOO_MANY_REQUESTS: { status: 429, error: 'Too many requests' },
  HEADERS_TOO_LARGE: { status: 431, error: 'The headers are too large' },
  INTERNAL_ERROR: { status: 500, error: 'Something went wrong on our side' },
  UNAVAILABLE: { status: 503, error: 'A part that is needed is not available' },
} as const satisfies Record<string, { status: number; error: string }>

export type ErrorCode = keyof typeof errorCatalog
