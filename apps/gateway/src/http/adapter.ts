import { FastifyAdapter } from '@nestjs/platform-fastify'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Config } from '#core'
import { BODY_BYTES, limitBodies } from './body-limits.js'
import { answerClientError } from './client-errors.js'
import { answerExpectations } from './expectations.js'
import { useFormBodies } from './form-body.js'
import { useJsonBodies } from './json-body.js'
import { answerWrongMethods } from './known-methods.js'
import { originForm } from './origin-form.js'
import { discardSlowly } from './slow-discard.js'
import { requireSoundRequest } from './sound-request.js'

/** Bytes of a refused body that are read to its end, and thrown away. */
const DISCARDED_BYTES = 32 * 1024 * 1024

/** A whole request has to arrive within this time, so that slow senders don't hold connections. */
const REQUEST_TIMEOUT_MS = 60_000

/** The Fastify server that both ports are made of. */
export function createAdapter({ TRUSTED_PROXIES }: Pick<Config, 'TRUSTED_PROXIES'>): FastifyAdapter {
  const adapter = new FastifyAdapter({
    // Nest's middleware for Express: we have none, and every request would pass it.
    skipMiddie: true,
    bodyLimit: BODY_BYTES,
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
  // In this order: a body is asked for once the path, the method and its length have been judged.
  answerWrongMethods(server)
  limitBodies(server)
  answerExpectations(server)
  // The rest of a body that was refused is read and thrown away, so that a client that is still sending it can read the
  // answer. Fastify would cut the connection of one that is too large; we do where nobody can mean its size.
  server.addHook('onSend', ({ headers, raw }, reply, _payload, done) => {
    const length = Number(headers['content-length'])
    if (length > DISCARDED_BYTES && !raw.complete) reply.header('Connection', 'close')
    // Node closes the connection when it did not send the 100 that was expected, and the answer must say so.
    else if (reply.statusCode === 413 && length <= DISCARDED_BYTES && headers.expect === undefined)
      reply.removeHeader('connection')
    done()
  })
  discardSlowly(server)
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
