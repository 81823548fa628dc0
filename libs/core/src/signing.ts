import { createHmac, timingSafeEqual } from 'node:crypto'

/** 128 bits of HMAC-SHA-256, base64url: 22 characters. */
const MAC_BYTES = 16

/**
 * Authentication code over several parts, under APP_SECRET. `purpose` keeps a code that was made for
 * one use from being good for another.
 */
export function sign(secret: string, purpose: string, ...parts: string[]): string {
  const mac = createHmac('sha256', secret).update(JSON.stringify([purpose, ...parts]))
  return mac.digest().subarray(0, MAC_BYTES).toString('base64url')
}

/** Compares in constant time. */
export function verify(signature: string, secret: string, purpose: string, ...parts: string[]): boolean {
  const expected = Buffer.from(sign(secret, purpose, ...parts))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
