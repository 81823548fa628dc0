import { Inject, Injectable } from '@nestjs/common'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError, CONFIG, type Config, RATE_LIMITER, type RateLimiter } from '#core'
import type { ArchiveAccess } from './archive-access.js'
import { ArchiveRefusals } from './archive-refusals.js'
import { ArchiveSessions } from './archive-sessions.js'
import { charge } from './charge.js'
import { LoginAttempts } from './login-attempts.js'
import { isOwnOrigin } from './own-origin.js'

/** Judges who comes to a page of the archive before the body of a form is read. */
@Injectable()
export class ArchiveGate {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
    @Inject(ArchiveSessions) private readonly sessions: ArchiveSessions,
    @Inject(LoginAttempts) private readonly attempts: LoginAttempts,
    @Inject(ArchiveRefusals) private readonly refusals: ArchiveRefusals,
    @Inject(RATE_LIMITER) private readonly limiter: RateLimiter | null,
  ) {}

  /** Call it before the routes are registered. */
  guard(server: FastifyInstance): void {
    server.addHook('onRequest', (request, reply, done) => {
      const { archives } = request.routeOptions.config
      if (archives === undefined) return done()
      this.admit(request, archives).then(
        () => done(),
        (error: unknown) => this.refusals.answer(error, request, reply).catch(done),
      )
    })
  }

  private async admit(request: FastifyRequest, { session, attempt }: ArchiveAccess): Promise<void> {
    const { method, headers, ip } = request
    if (method !== 'GET' && method !== 'HEAD' && !isOwnOrigin(headers, this.config.PUBLIC_URL))
      throw new AppError('FORBIDDEN', { field: 'Origin', message: 'The form is of another site' })
    if (attempt === true) this.takeAttempt(ip)
    if (session === true) await this.requireSession(request)
  }

  private takeAttempt(address: string): void {
    const wait = this.attempts.take(address)
    if (wait > 0) throw new AppError('TOO_MANY_REQUESTS', {}, { 'Retry-After': String(wait) })
  }

  /** Lets in who is logged in, and counts the request for the app token they logged in by. */
  private async requireSession(request: FastifyRequest): Promise<void> {
    const holder = await this.sessions.holderOf(request.headers.cookie)
    if (holder === null) throw new AppError('UNAUTHORIZED')
    request.principal = holder
    await charge(this.limiter, holder.keyId)
  }
}
