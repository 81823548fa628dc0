import type { FastifyInstance } from 'fastify'
import { timingSafeEqual } from 'node:crypto'
import { AppError, sha256Hex } from '#core'
import { bearerToken } from '../http/authentication.js'

/** Lets nothing on the admin port answer without the root token, which is compared in constant time. */
export function requireRootToken(server: FastifyInstance, rootToken: string): void {
  const expected = Buffer.from(sha256Hex(rootToken))
  server.decorateRequest('principal', null)
  server.addHook('onRequest', (request, _reply, done) => {
    // Hashes are of one length, whatever was sent.
    const given = Buffer.from(sha256Hex(bearerToken(request.headers.authorization) ?? ''))
    const right = timingSafeEqual(given, expected)
    done(right ? undefined : new AppError('UNAUTHORIZED', {}, { 'WWW-Authenticate': 'Bearer' }))
  })
}
