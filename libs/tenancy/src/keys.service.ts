import { Inject, Injectable, Logger } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import { timingSafeEqual } from 'node:crypto'
import { Database, newHex } from '#core'
import { ApiKey } from './api-key.entity.js'
import { principalBySession, principalsByPrefix, revokeKey, touchKeys } from './keys.sql.js'
import type { Principal } from './principal.js'
import { newToken, type Scope, scopes, tokenHash, tokenKind, type TokenKind, tokenPrefix } from './token.js'

/** How long a key may stay good here after it was revoked elsewhere. */
const KNOWN_MS = 500
/** After this time no instance takes a revoked key for valid. */
export const REVOKED_WITHIN_MS = 1000
/** The cache looks at the clock so often, and sets a timer each time: by default every millisecond, for every request. */
const CLOCK_MS = 50
const MOST_KNOWN = 10_000
/** How often the last use of keys is written down, for all keys at once. */
const TOUCH_MS = 5000

export interface NewKey {
  kind: TokenKind
  ownerName: string
  ownerEmail: string
  /** Absent: every scope for an API key, archives:read for an app token. */
  scopes?: readonly Scope[]
  expiresAt?: Date
}

/** What is looked for: never the token itself. */
interface TokenTraces {
  hash: Buffer
  prefix: string
}

/** Issues, recognises and revokes tokens. */
@Injectable()
export class KeysService {
  private readonly logger = new Logger(KeysService.name)
  /** By the token's hash; requests that come at once share one lookup. What is unknown is asked for each time. */
  private readonly known = new LRUCache<string, Principal, TokenTraces>({
    max: MOST_KNOWN,
    ttl: KNOWN_MS,
    ttlResolution: CLOCK_MS,
    fetchMethod: (_key, _stale, { context }) => this.find(context),
  })
  private used = new Set<string>()
  private touching: NodeJS.Timeout | undefined

  constructor(@Inject(Database) private readonly database: Database) {
    database.beforeClose(() => this.touch())
  }

  /**
   * Who a token belongs to; null for one that is unknown, revoked or expired, which answer alike. A key that was
   * just seen is answered at once: most requests find theirs.
   */
  authenticate(token: string): Principal | null | Promise<Principal | null> {
    const hash = tokenHash(token)
    const key = hash.toString('latin1')
    const known = this.known.get(key)
    if (known !== undefined) {
      this.noteUse(known.keyId)
      return known
    }
    const kind = tokenKind(token)
    return kind === null ? null : this.lookUp(key, { hash, prefix: tokenPrefix(token, kind) })
  }

  /**
   * Who a session of the archive pages belongs to at this moment; null for one that has ended, and for one whose app token
   * was revoked or has expired. Nothing is cached, so that a session ends on every instance at once.
   *
   * @param hash of the session's id
   */
  async holderOfSession(hash: Buffer): Promise<Principal | null> {
    const query = { name: 'principal-by-session', text: principalBySession, values: [hash] }
    const { rows } = await this.database.system.query<Principal>(query)
    if (rows[0] === undefined) return null
    this.noteUse(rows[0].keyId)
    return rows[0]
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

  /** Every key and app token of a workspace, oldest first, those that are no longer valid too. */
  list(workspaceId: string): Promise<ApiKey[]> {
    const order = { createdAt: 'ASC', id: 'ASC' } as const
    return this.database.systemEntities.find(ApiKey, { where: { workspaceId }, order })
  }

  /** Whether the workspace has such a key, valid or not. */
  has(workspaceId: string, id: string): Promise<boolean> {
    return this.database.systemEntities.existsBy(ApiKey, { workspaceId, id })
  }

  /** Ends a key, within REVOKED_WITHIN_MS on every instance, and its sessions at once. @returns false when the workspace has no such key that is still valid */
  async revoke(workspaceId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.system.query(revokeKey, [workspaceId, id])
    return rowCount === 1
  }

  private async lookUp(key: string, context: TokenTraces): Promise<Principal | null> {
    const principal = await this.known.fetch(key, { context })
    if (principal === undefined) return null
    this.noteUse(principal.keyId)
    return principal
  }

  private async find({ hash, prefix }: TokenTraces): Promise<Principal | undefined> {
    const query = { name: 'principals-by-prefix', text: principalsByPrefix, values: [prefix] }
    const { rows } = await this.database.system.query<Principal & { hash: Buffer }>(query)
    const found = rows.find((row) => timingSafeEqual(row.hash, hash))
    if (found === undefined) return undefined
    const { hash: _, ...principal } = found
    return principal
  }

  private noteUse(keyId: string): void {
    this.used.add(keyId)
    this.touching ??= setTimeout(() => void this.touch(), TOUCH_MS).unref()
  }

  /** Never throws: when a key was used last is worth no request. */
  private async touch(): Promise<void> {
    clearTimeout(this.touching)
    this.touching = undefined
    const ids = [...this.used]
    this.used = new Set()
    if (ids.length === 0) return
    try {
      await this.database.system.query(touchKeys, [ids])
    } catch (error) {
      this.logger.warn({ err: error }, 'the last use of keys was not written down')
    }
  }
}
