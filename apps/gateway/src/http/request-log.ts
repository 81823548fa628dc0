import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'

/**
 * One line per request. It names the route's pattern and never the URL: download links and
 * `token=` are secrets, and names in queries are personal.
 */
export function logRequests(server: FastifyInstance, logger: Logger): void {
  server.addHook('onResponse', (request, reply, done) => {
    if (!logger.isLevelEnabled('info')) return done()
    logger.info(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'unmatched',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        workspaceId: request.principal?.workspaceId,
        keyId: request.principal?.keyId,
      },
      'request',
    )
    done()
  })
}
