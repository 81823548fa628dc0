import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { AppError, CONFIG, type Config } from '#core'

/**
 * Refuses a form that another site's page posted. Browsers name the page's origin with every POST; ours is the
 * public address, or wherever else the request was sent to, which the page can't choose.
 */
@Injectable()
export class OwnOriginGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>) {}

  canActivate(context: ExecutionContext): boolean {
    const { method, headers } = context.switchToHttp().getRequest<FastifyRequest>()
    if (method === 'GET' || method === 'HEAD' || this.isOwn(headers.origin, headers.host)) return true
    throw new AppError('FORBIDDEN', { field: 'Origin', message: 'The form is of another site' })
  }

  private isOwn(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined) return false
    return origin === new URL(this.config.PUBLIC_URL).origin || hostOf(origin) === host
  }
}

/** @returns null for what has none, as `null` does */
const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)
