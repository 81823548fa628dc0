import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#core'
import { type KeysService, type Principal, tokenKind } from '#tenancy'
import { headerValues } from './header-values.js'
import { RouteSettings } from './route-settings.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    appTokenInQuery?: boolean
  }
}

/** Everything below needs a key. */
export const API_PREFIX = '/api/v1'

/** Lets a route take an app token as `token=`, as the archive endpoints are documented. */
export const AppTokenInQuery = () => RouteSettings({ appTokenInQuery: true })

/**
 * Finds out who is calling before anything else of the request is looked at: guards would come after
 * the body was parsed. An absent, an unknown and a revoked key answer alike.
 */
export function authenticate(server: FastifyInstance, keys: Pick<KeysService, 'authenticate'>): void {
  server.decorateRequest('principal', null)
  server.addHook('onRequest', (request, _reply, done) => {
    if (!needsKey(request)) return done()
    const admit = (principal: Principal | null) => {
      request.principal = principal
      done(principal === null ? unauthorized() : undefined)
    }
    const token = tokenOf(request)
    const found = token === null ? null : keys.authenticate(token)
    if (found instanceof Promise) found.then(admit, done)
    else admit(found)
  })
}

const unauthorized = () => new AppError('UNAUTHORIZED', {}, { 'WWW-Authenticate': 'Bearer' })

/**
 * Looks at the route's own pattern, because a path may be spelled with escapes (`/%61pi/v1/…`) and
 * still reach it. Where no route was found there is nothing to protect, only a path to keep quiet about.
 */
const needsKey = ({ routeOptions, url }: FastifyRequest): boolean =>
  (routeOptions.url ?? url).startsWith(`${API_PREFIX}/`)

function tokenOf(request: FastifyRequest): string | null {
  const { headers, query, routeOptions, url, raw } = request
  // An API key has no place in a URL, where proxies log it, not even beside a good one in its header.
  if (keyInUrl.test(decoded(url))) return null
  const inQuery = (query as Record<string, unknown>)['token']
  if (routeOptions.config.appTokenInQuery === true && inQuery !== undefined) {
    return typeof inQuery === 'string' && tokenKind(inQuery) === 'app_token' ? inQuery : null
  }
  // Node keeps the first of several headers: what stands behind it could be meant as well.
  return headerValues(raw.rawHeaders, 'authorization').length > 1 ? null : bearerToken(headers.authorization)
}

const keyInUrl = /sk-workspace_[0-9A-Za-z]{20}/

/** As far as it can be decoded. */
const decoded = (url: string): string =>
  url.includes('%')
    ? url.replaceAll(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : url

/** The token of `Authorization: Bearer …` (RFC 6750; the scheme's case does not matter). */
export const bearerToken = (header: string | undefined): string | null =>
  /^bearer +([\w.~+/=-]+) *$/i.exec(header ?? '')?.[1] ?? null
