import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { AppError, RATE_LIMITER, type RateLimiter } from '#core'
import { ArchiveSessions } from './archive-sessions.js'
import { charge } from './charge.js'

/** Lets in who is logged in, and counts the request for the app token they logged in by. */
@Injectable()
export class ArchiveSessionGuard implements CanActivate {
  constructor(
    @Inject(ArchiveSessions) private readonly sessions: ArchiveSessions,
    @Inject(RATE_LIMITER) private readonly limiter: RateLimiter | null,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const holder = await this.sessions.holderOf(request.headers.cookie)
    if (holder === null) throw new AppError('UNAUTHORIZED')
    request.principal = holder
    await charge(this.limiter, holder.keyId)
    return true
  }
}
