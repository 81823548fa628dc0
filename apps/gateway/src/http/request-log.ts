import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'

declare module 'fastify' {
  interface FastifyRequest {
    /** The export that a route made or showed, where its path does not name it. */
    exportId: string | null
  }
}

/**
 * One line per request. It names the route's pattern and never the URL: download links and
 * `token=` are secrets, and names in queries are personal.
 */
export function logRequests(server: FastifyInstance, logger: Logger): void {
  server.decorateRequest('exportId', null)
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
        exportId: request.exportId ?? exportIdOf(request.params),
      },
      'request',
    )
    done()
  })
}

/** What a path says can be anything: only what is an id is logged. */
function exportIdOf(params: FastifyRequest['params']): string | undefined {
  const { id } = params as { id?: string }
  return id !== undefined && /^exp_[0-9a-f]{16}$/.test(id) ? id : undefined
}
