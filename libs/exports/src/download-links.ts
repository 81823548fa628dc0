import { sign, verify } from '#core'

const token = /^([0-9a-f]{16})-(?:([1-9]\d{0,9})-)?([\w-]{22})$/

/** What a token says that was made here. */
export interface LinkClaim {
  exportId: string
  /** The link is valid while the export's row has the same version. */
  version: number
}

/**
 * The token of a mailed link, `/d/{token}`: an export's id, the version of its link and a code over both, so that
 * nothing secret is stored and a higher version revokes the link. The first version is not written: links in mails of
 * earlier releases have the same form.
 */
export function downloadToken(secret: string, exportId: string, version: number): string {
  const hex = exportId.replace('exp_', '')
  const code = sign(secret, 'download', hex, String(version))
  return version === 1 ? `${hex}-${code}` : `${hex}-${version}-${code}`
}

/**
 * Reads a token and checks its code, by itself: a token that was not made here costs no look-up, so its answer tells
 * nothing about the export that it names.
 *
 * @returns null for a text that is no token, and for one whose code is wrong
 */
export function readDownloadToken(secret: string, text: string): LinkClaim | null {
  const [, hex, version = '1', code] = token.exec(text) ?? []
  if (hex === undefined || code === undefined) return null
  return verify(code, secret, 'download', hex, version)
    ? { exportId: `exp_${hex}`, version: Number(version) }
    : null
}
