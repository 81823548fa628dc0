import type { HeaderObject, HeadersObject } from '@nestjs/swagger'

const text = (description: string): HeaderObject => ({ description, schema: { type: 'string' } })
const seconds = (description: string): HeaderObject => ({
  description,
  schema: { type: 'integer', minimum: 0 },
})

/** `components.headers` */
export const headerComponents = {
  'X-Request-Id': text("The caller's own X-Request-Id where it sent one, and the `requestId` of an error"),
  RateLimit: text("What is left of the key's rate and when it is full again, as `RateLimit-Policy` names it"),
  'RateLimit-Policy': text("The key's rate: tokens and the seconds they are for"),
  'Retry-After': seconds('Seconds to wait before the next try'),
  'WWW-Authenticate': text('`Bearer`'),
  Allow: text('The methods that the path has'),
  Location: text('Where to look next'),
} satisfies Record<string, HeaderObject>

export type HeaderName = keyof typeof headerComponents

/** References to the named headers, for a response. */
export const headers = (...names: HeaderName[]): HeadersObject =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
