import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config, RATE_LIMITER, type RateLimiter } from '#core'
import { KeysService, type Principal, SessionsService, tokenKind } from '#tenancy'
import { charge } from './charge.js'
import { sessionCookie, sessionIn } from './session-cookie.js'

/** Logs people in and out of the archive pages. Takes and gives headers of cookies. */
@Injectable()
export class ArchiveSessions {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(RATE_LIMITER) private readonly limiter: RateLimiter | null,
  ) {}

  /**
   * Begins a session, and ends the one that the browser had.
   * @returns its Set-Cookie; null for anything but an app token that is valid
   * @throws AppError 429: a session is a row, so beginning one counts as a request of the token
   */
  async begin(token: string, cookies: string | undefined): Promise<string | null> {
    if (tokenKind(token) !== 'app_token') return null
    const holder = await this.keys.authenticate(token)
    if (holder === null) return null
    await charge(this.limiter, holder.keyId)
    await this.end(cookies)
    return this.cookie(await this.sessions.begin(holder))
  }

  /** Who is logged in; null when the session has ended, or its app token was revoked or has expired since. */
  async holderOf(cookies: string | undefined): Promise<Principal | null> {
    const id = sessionIn(cookies)
    return id === null ? null : this.sessions.holderOf(id)
  }

  /** Ends the session on every gateway. @returns the Set-Cookie that makes the browser forget it */
  async end(cookies: string | undefined): Promise<string> {
    const id = sessionIn(cookies)
    if (id !== null) await this.sessions.end(id)
    return this.endedCookie()
  }

  /** Ends every session of the app token that this one was begun with. @returns the Set-Cookie that ends this one */
  async endAll(cookies: string | undefined): Promise<string> {
    const holder = await this.holderOf(cookies)
    if (holder !== null) await this.sessions.endAllOf(holder.keyId)
    return this.endedCookie()
  }

  endedCookie(): string {
    return this.cookie('')
  }

  private cookie(value: string): string {
    return sessionCookie(value, { isSecure: this.config.PUBLIC_URL.startsWith('https:') })
  }
}
