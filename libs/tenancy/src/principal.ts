import type { Scope, TokenKind } from './token.js'
import type { Locale } from './workspace.entity.js'

/** Who a request comes from: a token, its owner, and its workspace. */
export interface Principal {
  keyId: string
  kind: TokenKind
  scopes: readonly Scope[]
  ownerName: string
  ownerEmail: string
  workspaceId: string
  codename: string
  locale: Locale
  /** IANA name. */
  timeZone: string
}
