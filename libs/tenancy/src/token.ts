import { hash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** `api_key` opens the dialects by scope; `app_token` reads archives and nothing else. */
export type TokenKind = 'api_key' | 'app_token'

export const scopes = [
  'leads:read',
  'leads:write',
  'events:write',
  'exports:read',
  'exports:write',
  'archives:read',
] as const
export type Scope = (typeof scopes)[number]

const beginnings: Record<TokenKind, string> = { api_key: 'sk-workspace_', app_token: 'app_' }
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 32 characters of 62 are 190 bits. */
const RANDOM_LENGTH = 32
const CHECKSUM_LENGTH = 6

/** A new token: beginning, 32 random characters, six of checksum. It is shown once and never stored. */
export function newToken(kind: TokenKind): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('')
  return beginnings[kind] + random + checksum(beginnings[kind] + random)
}

/** The kind of a token that could be one of ours, or null: most typing errors never reach the database. */
export function tokenKind(token: string): TokenKind | null {
  for (const kind of Object.keys(beginnings) as TokenKind[]) {
    const start = beginnings[kind]
    if (!token.startsWith(start)) continue
    const body = token.slice(start.length)
    if (body.length !== RANDOM_LENGTH + CHECKSUM_LENGTH || /[^0-9A-Za-z]/.test(body)) return null
    return checksum(token.slice(0, -CHECKSUM_LENGTH)) === token.slice(-CHECKSUM_LENGTH) ? kind : null
  }
  return null
}

/** What is stored of a token. The token is random, so a plain hash is enough: there is nothing to guess. */
export const tokenHash = (token: string): Buffer => hash('sha256', token, 'buffer')

/** The part of a token that may be shown. */
export const tokenPrefix = (token: string, kind: TokenKind): string =>
  token.slice(0, beginnings[kind].length + 4)

/** CRC-32 in base 62, six digits. */
function checksum(text: string): string {
  let rest = crc32(text)
  let digits = ''
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    digits = alphabet.charAt(rest % 62) + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}
