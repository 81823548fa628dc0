import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import { AppError, notFound } from '#core'
import type { Scope } from '#tenancy'
import { API_PREFIX } from './authentication.js'

type RouteHandler = ReturnType<ExecutionContext['getHandler']>

const SCOPE = 'scope'
/** The scope a key must have for a route or for every route of a controller. */
export const NeedsScope = (scope: Scope) => SetMetadata(SCOPE, scope)

/** Holds the key's scopes against the route's, and the path's codename against the key's workspace. */
@Injectable()
export class AccessGuard implements CanActivate {
  /** By a route's handler, so that the decorators are read once and not for each request. */
  private readonly scopes = new Map<RouteHandler, Scope | undefined>()

  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const scope = this.scopeOf(context)
    if (scope === undefined) return allowWithoutScope(request)
    const { principal } = request
    if (principal === null) throw new AppError('UNAUTHORIZED')
    const { codename } = request.params as { codename?: string }
    // The same answer whether the codename is another's or no one's.
    if (codename !== undefined && codename !== principal.codename) throw notFound('codename', 'The workspace')
    if (!principal.scopes.includes(scope))
      throw new AppError('FORBIDDEN', { message: `The key lacks the scope ${scope}` })
    return true
  }

  private scopeOf(context: ExecutionContext): Scope | undefined {
    const handler = context.getHandler()
    if (this.scopes.has(handler)) return this.scopes.get(handler)
    const scope = this.reflector.getAllAndOverride<Scope | undefined>(SCOPE, [handler, context.getClass()])
    this.scopes.set(handler, scope)
    return scope
  }
}

/** A route of the API without a scope is a mistake in our code: it fails closed. */
function allowWithoutScope({ routeOptions }: FastifyRequest): boolean {
  if (routeOptions.url?.startsWith(API_PREFIX) === true) throw new Error(`${routeOptions.url} names no scope`)
  return true
}
