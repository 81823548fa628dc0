import { Inject, Injectable } from '@nestjs/common'
import { Database, newHex } from '#core'
import { ApiKey } from './api-key.entity.js'
import type { Principal } from './principal.js'
import { newToken, type Scope, scopes, tokenHash, tokenKind, type TokenKind, tokenPrefix } from './token.js'

/** One lookup, by the hash's unique index: no secret is compared byte by byte. */
const PRINCIPAL = `
  SELECT k.id AS "keyId", k.kind, k.scopes, k.owner_name AS "ownerName", k.owner_email AS "ownerEmail",
    w.id AS "workspaceId", w.codename, w.locale, w.time_zone AS "timeZone"
  FROM api_keys k JOIN workspaces w ON w.id = k.workspace_id
  WHERE k.hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())`

export interface NewKey {
  kind: TokenKind
  ownerName: string
  ownerEmail: string
  /** Absent: every scope for an API key, archives:read for an app token. */
  scopes?: readonly Scope[]
  expiresAt?: Date
}

/** Issues, recognises and revokes tokens. */
@Injectable()
export class KeysService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Who a token belongs to; null for one that is unknown, revoked or expired, which answer alike. */
  async authenticate(token: string): Promise<Principal | null> {
    if (tokenKind(token) === null) return null
    const query = { name: 'principal-by-token', text: PRINCIPAL, values: [tokenHash(token)] }
    const { rows } = await this.database.system.query<Principal>(query)
    return rows[0] ?? null
  }

  /** @returns the token, which is shown this once and kept nowhere */
  async issue(workspaceId: string, key: NewKey): Promise<{ id: string; token: string }> {
    const token = newToken(key.kind)
    const id = `key_${newHex()}`
    await this.database.systemEntities.insert(ApiKey, {
      id,
      workspaceId,
      kind: key.kind,
      prefix: tokenPrefix(token, key.kind),
      hash: tokenHash(token),
      ownerName: key.ownerName,
      ownerEmail: key.ownerEmail,
      scopes: [...(key.kind === 'app_token' ? (['archives:read'] as const) : (key.scopes ?? scopes))],
      expiresAt: key.expiresAt ?? null,
    })
    return { id, token }
  }

  /** @returns false when the workspace has no such key that is still valid */
  async revoke(workspaceId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.system.query(
      `UPDATE api_keys SET revoked_at = clock_timestamp() WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL`,
      [workspaceId, id],
    )
    return rowCount === 1
  }
}
