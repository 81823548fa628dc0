import type { ExamplesObject, ReferenceObject, ResponseObject } from '@nestjs/swagger'
import { type ErrorCode, errorCatalog, type ErrorDetails } from '#core'
import { type HeaderName, headers } from './headers.js'

/** What an error's status means, on whichever route; the name is the component's. */
const meanings = {
  400: { name: 'BadRequest', description: 'A parameter is wrong; `details.field` names it' },
  401: {
    name: 'Unauthorized',
    description: 'No valid key: absent, unknown, expired and revoked answer alike',
  },
  403: { name: 'Forbidden', description: 'The key may not do this' },
  404: {
    name: 'NotFound',
    description:
      'Something that the request names does not exist in this workspace; `details.field` says what. ' +
      'What belongs to another workspace answers the same',
  },
  405: { name: 'MethodNotAllowed', description: 'The path has other methods; `Allow` names them' },
  409: { name: 'Conflict', description: 'It conflicts with what is there' },
  410: { name: 'Gone', description: 'The file is no longer there' },
  413: {
    name: 'PayloadTooLarge',
    description:
      'The body is over 256 KB; of events, over 4 MB or 1,000, or they cost more tokens than the key has per minute; where none is read, over 16 KB',
  },
  415: { name: 'UnsupportedMediaType', description: 'The body is not JSON by its content type' },
  422: { name: 'IdempotencyMismatch', description: 'The Idempotency-Key was used with another body' },
  429: {
    name: 'TooManyRequests',
    description:
      "Too many; `Retry-After` says when to come back, `details.reason` why: the key's tokens of this minute are spent (a request costs " +
      'one; ten events cost one, an export or a download ten), too many exports wait, the workspace has too much under way, or the bytes that are ' +
      'kept for Idempotency-Keys are used up',
  },
  500: { name: 'InternalError', description: 'A fault of ours; `requestId` finds it in our logs' },
  503: { name: 'Unavailable', description: 'A part is down; `Retry-After` says when to come back' },
} as const

export type ErrorStatus = keyof typeof meanings
const statuses = Object.keys(meanings).map(Number) as ErrorStatus[]

export const isError = (status: number): status is ErrorStatus => status in meanings

/** The errors that any route below the API's prefix can answer. */
export const commonErrors = [400, 401, 403, 413, 415, 429, 500, 503] as const satisfies ErrorStatus[]

/** The errors that a body brings on any route, for bodies are read before it is known who wants one. */
export const bodyErrors = [400, 413, 415] as const satisfies ErrorStatus[]

/** Beside what every answer has; the X-Request-Id is in the body too. */
const ownHeaders: Partial<Record<ErrorStatus, HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  405: ['Allow'],
  429: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
  503: ['Retry-After'],
}

/** The seeds' two error bodies, and what the other codes say in `details`. */
const details: Partial<Record<ErrorCode, ErrorDetails>> = {
  VALIDATION_ERROR: { field: 'email', value: 'invalid-email', message: 'Must be a valid email address' },
  DUPLICATE_EMAIL: {
    email: 'john.doe@example.com',
    existingLeadId: 'lead_existing123',
    message: 'A lead with this email already exists in your workspace',
  },
  TOO_MANY_REQUESTS: {
    reason: 'too_many_waiting',
    limit: 1000,
    message: '1000 exports are waiting, which is as many as may',
  },
  NOT_FOUND: { field: 'chatbotId', message: 'The chatbot was not found' },
}

export const errorResponse = (status: ErrorStatus): ReferenceObject => ({
  $ref: `#/components/responses/${meanings[status].name}`,
})

/** `components.responses`: one per status, each with an example of every code that has it. */
export const errorResponses: Record<string, ResponseObject> = Object.fromEntries(
  statuses.map((status) => [meanings[status].name, response(status)]),
)

function response(status: ErrorStatus): ResponseObject {
  return {
    description: meanings[status].description,
    headers: headers(...(ownHeaders[status] ?? [])),
    content: {
      'application/json': { schema: { $ref: '#/components/schemas/Error' }, examples: examples(status) },
    },
  }
}

function examples(status: ErrorStatus): ExamplesObject {
  const codes = (Object.keys(errorCatalog) as ErrorCode[]).filter(
    (code) => errorCatalog[code].status === status,
  )
  return Object.fromEntries(
    codes.map((code) => [code, { summary: errorCatalog[code].error, value: example(code) }]),
  )
}

function example(code: ErrorCode) {
  return {
    success: false,
    error: errorCatalog[code].error,
    code,
    message: details[code]?.message ?? errorCatalog[code].error,
    details: details[code] ?? {},
    requestId: '0b0e7c2a-6f3c-4a53-9d3e-6f6d8f0c1a77',
  }
}
