import { SESSION_SECONDS } from '#tenancy'
import { ARCHIVES } from './archive-address.js'

const COOKIE = 'leadferry_archives'

/** The session's id in a Cookie header (RFC 6265, 4.2); null where there is none. */
export function sessionIn(header: string | undefined): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === COOKIE && value !== undefined) return value
  }
  return null
}

/**
 * Lax, so that a link from a mail or a chat opens: what is posted from elsewhere, ArchiveGate refuses.
 * @param value '' to end the session
 */
export function sessionCookie(value: string, { isSecure }: { isSecure: boolean }): string {
  const life = value === '' ? 0 : SESSION_SECONDS
  const attributes = [`Path=${ARCHIVES}`, `Max-Age=${life}`, 'HttpOnly', 'SameSite=Lax']
  return [`${COOKIE}=${value}`, ...attributes, ...(isSecure ? ['Secure'] : [])].join('; ')
}
