import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError, notFound } from '#core'
import type { Scope } from '#tenancy'
import { API_PREFIX } from './authentication.js'
import { RouteSettings } from './route-settings.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    scope?: Scope
  }
}

/** The scope a key must have for a route or for every route of a controller. */
export const NeedsScope = (scope: Scope) => RouteSettings({ scope })

/**
 * Holds the key's scopes against the route's, and the path's codename against the key's workspace, before the body is
 * read. Comes after `authenticate`, and must be called before the routes are registered.
 *
 * @throws Error at boot for a route of the API without a scope
 */
export function judgeAccess(server: FastifyInstance): void {
  server.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith(`${API_PREFIX}/`) && config?.scope === undefined)
      throw new Error(`${url} names no scope`)
  })
  server.addHook('onRequest', (request, _reply, done) => done(refusalOf(request)))
}

function refusalOf({ routeOptions, principal, params }: FastifyRequest): AppError | undefined {
  const { scope } = routeOptions.config
  if (scope === undefined) return undefined
  if (principal === null) return new AppError('UNAUTHORIZED')
  const values = params as Record<string, string>
  const { codename } = values
  // The same answer whether the codename is another's or no one's.
  if (codename !== undefined && codename !== principal.codename) return notFound('codename', 'The workspace')
  // The router takes `/leads/` for a lead whose id is empty; the API has no such path.
  if (Object.values(values).includes('')) return new AppError('NOT_FOUND')
  if (principal.scopes.includes(scope)) return undefined
  return new AppError('FORBIDDEN', { message: `The key lacks the scope ${scope}` })
}
