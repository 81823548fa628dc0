import type { FastifyInstance, FastifyRequest } from 'fastify'
import { timingSafeEqual } from 'node:crypto'
import { AppError, sha256Hex } from '#core'
import { bearerToken } from '../http/authentication.js'
import { refuse } from '../http/refuse.js'
import { isOfTheBoard } from './queues-board.js'

/**
 * Lets nothing on the admin port answer without the root token, which is compared in constant time. A browser can't send it
 * as a program does, so for the queues' board alone it is taken as a password too, whatever the user.
 */
export function requireRootToken(server: FastifyInstance, rootToken: string): void {
  const expected = Buffer.from(sha256Hex(rootToken))
  server.decorateRequest('principal', null)
  server.addHook('onRequest', (request, reply, done) => {
    const board = isOfTheBoard(request)
    // Hashes are of one length, whatever was sent.
    const given = Buffer.from(sha256Hex(tokenOf(request, board) ?? ''))
    if (timingSafeEqual(given, expected)) return done()
    const challenge = board ? 'Basic realm="Leadferry", charset="UTF-8"' : 'Bearer'
    // Here, and not thrown: the board has answers to errors of its own.
    refuse(request, reply, new AppError('UNAUTHORIZED', {}, { 'WWW-Authenticate': challenge }))
  })
}

function tokenOf({ headers: { authorization } }: FastifyRequest, board: boolean): string | null {
  const credentials = /^basic ([a-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1]
  if (!board || credentials === undefined) return bearerToken(authorization)
  const decoded = Buffer.from(credentials, 'base64').toString()
  return decoded.slice(decoded.indexOf(':') + 1)
}
