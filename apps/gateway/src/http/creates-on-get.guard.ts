import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { AppError } from '#core'

/** For a GET that creates, as a dialect documents it: a HEAD or a browser's prefetch must not. */
@Injectable()
export class CreatesOnGetGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { method, headers } = context.switchToHttp().getRequest<FastifyRequest>()
    if (method !== 'GET') throw new AppError('METHOD_NOT_ALLOWED', {}, { Allow: 'GET' })
    const purpose = [
      headers['sec-purpose'],
      headers['purpose'],
      headers['x-purpose'],
      headers['x-moz'],
    ].join()
    if (/prefetch|preview|prerender/i.test(purpose)) {
      throw new AppError('FORBIDDEN', { message: 'Not done for a prefetch' })
    }
    return true
  }
}
