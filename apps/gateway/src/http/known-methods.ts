import type { FastifyInstance } from 'fastify'
import { AppError } from '#core'

interface KnownPath {
  pattern: RegExp
  methods: Set<string>
}

/**
 * Answers a wrong method on a path that exists with 405 and `Allow` (RFC 9110, 15.5.6), and OPTIONS with
 * what is allowed, and a path that does not exist with 404. After authentication, which is done in onRequest, and before
 * the body is read. Call it before the routes are registered.
 */
export function answerWrongMethods(server: FastifyInstance): void {
  const known = new Map<string, KnownPath>()
  server.addHook('onRoute', ({ url, method, config }) => {
    const path = known.get(url) ?? { pattern: patternOf(url), methods: new Set() }
    // Fastify adds a HEAD to every GET; one that creates refuses it.
    const names = [method].flat().filter((name) => name !== 'HEAD' || config?.createsOnGet !== true)
    for (const name of names) path.methods.add(name)
    known.set(url, path)
  })
  server.addHook('preParsing', (request, reply, _payload, done) => {
    if (!request.is404) return done()
    const path = decodeURI(request.url.split(/[?#]/, 1)[0] ?? '')
    const methods = [...known.values()].flatMap((route) =>
      route.pattern.test(path) ? [...route.methods] : [],
    )
    if (methods.length === 0) return done(new AppError('NOT_FOUND'))
    const allow = [...new Set([...methods, 'OPTIONS'])].sort().join(', ')
    if (request.method === 'OPTIONS') return void reply.status(204).header('Allow', allow).send()
    done(new AppError('METHOD_NOT_ALLOWED', {}, { Allow: allow }))
  })
}

/** A route's URL as the router reads it: `:name` is one segment, `*` the rest. */
const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')
      .replace('*', '.*')}$`,
  )
