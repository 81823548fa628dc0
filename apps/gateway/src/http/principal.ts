import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { AppError } from '#core'
import type { Principal } from '#tenancy'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the authentication hook on routes that need a key. */
    principal: Principal | null
  }
}

/** Whom the request comes from, as a parameter of a route. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>()
  if (principal === null) throw new AppError('UNAUTHORIZED')
  return principal
})
