import { invalid } from '#core'

export const MAX_KEY_LENGTH = 255
const printable = /^[\x21-\x7e]+$/

/**
 * The header's value, null where there is none (draft-ietf-httpapi-idempotency-key-header; quotes around it, which
 * the draft wants and few clients send, are part of it).
 *
 * @throws AppError 400 that names the header
 */
export function idempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null
  if (typeof header === 'string' && header.length <= MAX_KEY_LENGTH && printable.test(header)) return header
  throw invalid('Idempotency-Key', `Must have 1 to ${MAX_KEY_LENGTH} visible ASCII characters`)
}
