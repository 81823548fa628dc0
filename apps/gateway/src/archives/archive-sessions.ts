import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '#core'
import { KeysService, type Principal, tokenKind } from '#tenancy'
import { openSession, sealSession, SESSION_SECONDS, sessionCookie } from './session-cookie.js'

/** Logs people in and out of the archive pages. Nothing is kept of a session: the cookie says it all. */
@Injectable()
export class ArchiveSessions {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'APP_SECRET' | 'PUBLIC_URL'>,
    @Inject(KeysService) private readonly keys: KeysService,
  ) {}

  /** @returns the Set-Cookie of a new session; null for anything but an app token that is valid */
  async begin(token: string): Promise<string | null> {
    if (tokenKind(token) !== 'app_token') return null
    const holder = await this.keys.authenticate(token)
    if (holder === null) return null
    const expires = Math.floor(Date.now() / 1000) + SESSION_SECONDS
    return this.cookie(sealSession(this.config.APP_SECRET, { keyId: holder.keyId, expires }))
  }

  /** Who a session belongs to; null when it is over, or its app token was revoked or has expired since. */
  async holderOf(value: string): Promise<Principal | null> {
    const session = openSession(this.config.APP_SECRET, value)
    if (session === null) return null
    const holder = await this.keys.holderOf(session.keyId)
    return holder?.kind === 'app_token' ? holder : null
  }

  /** The Set-Cookie that ends a session. */
  end(): string {
    return this.cookie('')
  }

  private cookie(value: string): string {
    return sessionCookie(value, { isSecure: this.config.PUBLIC_URL.startsWith('https:') })
  }
}
