import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { AppError } from '#core'
import { RouteSettings } from './route-settings.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    createsOnGet?: boolean
  }
}

@Injectable()
class CreatesOnGetGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { method, headers } = context.switchToHttp().getRequest<FastifyRequest>()
    if (method !== 'GET') throw new AppError('METHOD_NOT_ALLOWED', {}, { Allow: 'GET, OPTIONS' })
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

/** For a GET that creates, as a dialect documents it: a HEAD or a browser's prefetch must not. */
export const CreatesOnGet = () =>
  applyDecorators(UseGuards(CreatesOnGetGuard), RouteSettings({ createsOnGet: true }))
