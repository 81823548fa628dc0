import { hash, timingSafeEqual } from 'node:crypto'

/** Of HMAC-SHA-256 in base64url: 132 bits. */
const MAC_LENGTH = 22

/**
 * Authentication code over several parts, under APP_SECRET. `purpose` keeps a code that was made for
 * one use from being good for another.
 */
export function sign(secret: string, purpose: string, ...parts: string[]): string {
  return hmacSha256(secret, JSON.stringify([purpose, ...parts])).slice(0, MAC_LENGTH)
}

const BLOCK_BYTES = 64
const pads = new Map<string, { inner: Buffer; outer: Buffer }>()

/**
 * HMAC as RFC 2104 defines it, by two hashes at once: every page of a list seals a cursor, and to set up
 * node:crypto's Hmac takes several times as long as to compute it.
 *
 * @returns base64url
 */
export function hmacSha256(secret: string, message: string): string {
  let pad = pads.get(secret)
  if (pad === undefined)
    pads.set(secret, (pad = { inner: padded(secret, 0x36), outer: padded(secret, 0x5c) }))
  const inner = hash('sha256', Buffer.concat([pad.inner, Buffer.from(message)]), 'buffer')
  return hash('sha256', Buffer.concat([pad.outer, inner]), 'base64url')
}

function padded(secret: string, byte: number): Buffer {
  const key = Buffer.from(secret)
  const block = Buffer.alloc(BLOCK_BYTES)
  block.set(key.length > BLOCK_BYTES ? hash('sha256', key, 'buffer') : key)
  return block.map((value) => value ^ byte) as Buffer
}

/** Compares in constant time. */
export function verify(signature: string, secret: string, purpose: string, ...parts: string[]): boolean {
  const expected = Buffer.from(sign(secret, purpose, ...parts))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
