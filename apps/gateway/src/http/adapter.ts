import { FastifyAdapter } from '@nestjs/platform-fastify'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Config } from '#core'
import { answerClientError } from './client-errors.js'
import { useFormBodies } from './form-body.js'
import { useJsonBodies } from './json-body.js'
import { answerWrongMethods } from './known-methods.js'
import { originForm } from './origin-form.js'
import { requireSoundRequest } from './sound-request.js'

/** Bytes of a request's body; more is 413. */
export const BODY_LIMIT = 256 * 1024

/** Bytes of a refused body that are read to its end. */
const DISCARDED_BYTES = 32 * 1024 * 1024

/** A whole request has to arrive within this time, so that slow senders don't hold connections. */
const REQUEST_TIMEOUT_MS = 60_000

/** The Fastify server that both ports are made of. */
export function createAdapter({ TRUSTED_PROXIES }: Pick<Config, 'TRUSTED_PROXIES'>): FastifyAdapter {
  const adapter = new FastifyAdapter({
    // Nest's middleware for Express: we have none, and every request would pass it.
    skipMiddie: true,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: TRUSTED_PROXIES ?? false,
    genReqId: requestIdOf,
    // No path parameter is refused for its length: Node's limit on the request line comes first.
    routerOptions: { maxParamLength: 16_384 },
    rewriteUrl: ({ url = '/' }) => originForm(url),
    // Node would refuse a request without Host with an answer that has no body.
    http: { requireHostHeader: false },
    clientErrorHandler: answerClientError,
  })
  const server = adapter.getInstance()
  useJsonBodies(server)
  useFormBodies(server)
  answerWrongMethods(server)
  // An Expect that means nothing to us is ignored (RFC 9110, 10.1.1); Node would answer 417 without a body.
  server.server.on('checkExpectation', (request, response) => {
    server.server.emit('request', request, response)
  })
  // Fastify would cut the connection of a body that is too large, and a client that is still sending it would never
  // read why. One of a size that somebody means is read on by Node and thrown away.
  server.addHook('onSend', ({ headers }, reply, _payload, done) => {
    if (reply.statusCode === 413 && Number(headers['content-length']) <= DISCARDED_BYTES)
      reply.removeHeader('connection')
    done()
  })
  server.addHook('onRequest', (request, reply, done) => {
    // What the API answers is personal, or changes from one call to the next.
    reply.header('X-Request-Id', request.id).header('Cache-Control', 'no-store')
    requireSoundRequest(request.raw)
    done()
  })
  return adapter
}

/** The caller's X-Request-Id where it is harmless to log and to echo, else a new one. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID()
}
