import { sign, verify } from '#core'

const token = /^([0-9a-f]{16})-([\w-]{22})$/

/**
 * The token of a mailed link, `/d/{token}`: an export's id and a code over its id and link version, so
 * that nothing secret is stored and a higher version revokes it.
 */
export const downloadToken = (secret: string, exportId: string, version: number): string => {
  const hex = exportId.replace('exp_', '')
  return `${hex}-${sign(secret, 'download', hex, String(version))}`
}

/** The export a token speaks of, before its code is checked; null for what is no token. */
export function exportIdOf(text: string): string | null {
  const hex = token.exec(text)?.[1]
  return hex === undefined ? null : `exp_${hex}`
}

/** Whether the token was made for this export at its present link version. */
export function isValidToken(secret: string, text: string, exportId: string, version: number): boolean {
  const [, hex, code] = token.exec(text) ?? []
  if (hex === undefined || code === undefined || `exp_${hex}` !== exportId) return false
  return verify(code, secret, 'download', hex, String(version))
}
