import { FastifyAdapter } from '@nestjs/platform-fastify'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { AppError } from '#core'
import { envelope } from './envelope.js'
import { useJsonBodies } from './json-body.js'

/** Bytes of a request's body; more is 413. */
export const BODY_LIMIT = 256 * 1024

/** A whole request has to arrive within this time, so that slow senders don't hold connections. */
const REQUEST_TIMEOUT_MS = 60_000

/** The Fastify server that both ports are made of. */
export function createAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: requestIdOf,
    // No path parameter is refused for its length: Node's limit on the request line comes first.
    routerOptions: { maxParamLength: 16_384 },
    // Called for a path that can't be decoded, before there is a route whose hooks could run.
    frameworkErrors: (_error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const error = new AppError('VALIDATION_ERROR', { message: 'The path is not valid percent-encoding' })
      void reply.status(error.status).header('X-Request-Id', request.id).send(envelope(error, request.id))
    },
  })
  const server = adapter.getInstance()
  useJsonBodies(server)
  server.addHook('onRequest', async (request, reply) => {
    // What the API answers is personal, or changes from one call to the next.
    reply.headers({ 'X-Request-Id': request.id, 'Cache-Control': 'no-store' })
  })
  return adapter
}

/** The caller's X-Request-Id where it is harmless to log and to echo, else a new one. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID()
}
