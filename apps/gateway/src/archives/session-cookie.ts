import { sign, verify } from '#core'
import { ARCHIVES } from './archive-address.js'

/** Of a working day: whoever leaves a browser open is logged out by the next one. */
export const SESSION_SECONDS = 8 * 3600

const COOKIE = 'leadferry_archives'
const purpose = 'archives session'
const sealed = /^(key_[0-9a-f]{16})\.(\d{1,12})\.([\w-]{22})$/

/** Who logged in, by the id of the app token, which is no secret; the token itself is in no cookie. */
export interface Session {
  keyId: string
  /** Unix seconds. */
  expires: number
}

export const sealSession = (secret: string, { keyId, expires }: Session): string =>
  `${keyId}.${expires}.${sign(secret, purpose, keyId, String(expires))}`

/** @returns null for one that is over, or that was not sealed here */
export function openSession(secret: string, value: string, now = Date.now()): Session | null {
  const [, keyId, expires, code] = sealed.exec(value) ?? []
  if (keyId === undefined || expires === undefined || code === undefined) return null
  if (!verify(code, secret, purpose, keyId, expires)) return null
  return Number(expires) * 1000 > now ? { keyId, expires: Number(expires) } : null
}

/** The session's value in a Cookie header (RFC 6265, 4.2); null where there is none. */
export function sessionIn(header: string | undefined): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === COOKIE && value !== undefined) return value
  }
  return null
}

/**
 * Lax, so that a link from a mail or a chat opens: what is posted from elsewhere, OwnOriginGuard refuses.
 * @param value '' to end the session
 */
export function sessionCookie(value: string, { isSecure }: { isSecure: boolean }): string {
  const life = value === '' ? 0 : SESSION_SECONDS
  const attributes = [`Path=${ARCHIVES}`, `Max-Age=${life}`, 'HttpOnly', 'SameSite=Lax']
  return [`${COOKIE}=${value}`, ...attributes, ...(isSecure ? ['Secure'] : [])].join('; ')
}
