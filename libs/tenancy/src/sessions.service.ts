import { Inject, Injectable } from '@nestjs/common'
import { hash, randomBytes } from 'node:crypto'
import { Database } from '#core'
import { KeysService } from './keys.service.js'
import type { Principal } from './principal.js'
import * as sql from './sessions.sql.js'

/** A working day: a browser that was left open is logged out by the next one. */
export const SESSION_SECONDS = 8 * 3600

/** Of one app token, which a whole team may share: a program that logs in again and again ends its own oldest session. */
const MOST_SESSIONS = 1000

/** 256 bits, in base64url. */
const ID_BYTES = 32
const wellFormed = /^[\w-]{43}$/

/** Sessions of the archive pages, a row each: ended, a session is over on every gateway at once. */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KeysService) private readonly keys: Pick<KeysService, 'holderOfSession'>,
  ) {}

  /** @returns the session's id, which is a secret: its hash alone is stored */
  async begin({ workspaceId, keyId }: Pick<Principal, 'workspaceId' | 'keyId'>): Promise<string> {
    const id = randomBytes(ID_BYTES).toString('base64url')
    await this.database.system.query(sql.beginSession, [hashOf(id), workspaceId, keyId, SESSION_SECONDS])
    await this.database.system.query(sql.endOldest, [keyId, MOST_SESSIONS])
    return id
  }

  /** Who a session belongs to; null when it has ended, or its app token was revoked or has expired since. */
  async holderOf(id: string): Promise<Principal | null> {
    return wellFormed.test(id) ? this.keys.holderOfSession(hashOf(id)) : null
  }

  async end(id: string): Promise<void> {
    if (wellFormed.test(id)) await this.database.system.query(sql.endSession, [hashOf(id)])
  }

  /** Ends every session of an app token. */
  async endAllOf(keyId: string): Promise<void> {
    await this.database.system.query(sql.endSessionsOf, [keyId])
  }

  /** Removes what has expired. @returns how many */
  async forgetExpired(): Promise<number> {
    const { rowCount } = await this.database.system.query(sql.forgetSessions)
    return rowCount ?? 0
  }
}

/** The id is random, so a plain hash is enough: there is nothing to guess. */
const hashOf = (id: string): Buffer => hash('sha256', id, 'buffer')
