import type { FastifyInstance, FastifyRequest } from 'fastify'
import { timingSafeEqual } from 'node:crypto'
import { AppError, sha256Hex } from '#core'
import { bearerToken } from '../http/authentication.js'
import { FailedAttempts } from '../http/failed-attempts.js'
import { refuse } from '../http/refuse.js'
import { isOfTheBoard } from './queues-board.js'

/**
 * Lets nothing on the admin port answer without the root token, which is compared in constant time. A browser can't send it
 * as a program does, so for the queues' board alone it is taken as a password too, whatever the user. An address that
 * sent too many wrong tokens gets 429 before its token is looked at.
 */
export function requireRootToken(server: FastifyInstance, rootToken: string): void {
  const expected = Buffer.from(sha256Hex(rootToken))
  const attempts = new FailedAttempts()
  server.decorateRequest('principal', null)
  server.addHook('onRequest', (request, reply, done) => {
    const board = isOfTheBoard(request)
    const challenge = board ? 'Basic realm="Leadferry", charset="UTF-8"' : 'Bearer'
    const unauthorized = () => new AppError('UNAUTHORIZED', {}, { 'WWW-Authenticate': challenge })
    // Here, and not thrown: the board has answers to errors of its own.
    const token = tokenOf(request, board)
    // Nothing was guessed: a browser asks without a token before it asks for the password.
    if (token === null) return refuse(request, reply, unauthorized())
    const wait = attempts.take(request.ip)
    if (wait > 0) return refuse(request, reply, tooManyAttempts(wait))
    // Hashes are of one length, whatever was sent.
    if (!timingSafeEqual(Buffer.from(sha256Hex(token)), expected))
      return refuse(request, reply, unauthorized())
    attempts.giveBack(request.ip)
    done()
  })
}

const tooManyAttempts = (seconds: number): AppError =>
  new AppError(
    'TOO_MANY_REQUESTS',
    { reason: 'rate_limited', message: 'Too many wrong tokens came from this address' },
    { 'Retry-After': String(seconds) },
  )

function tokenOf({ headers: { authorization } }: FastifyRequest, board: boolean): string | null {
  const credentials = /^basic ([a-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1]
  if (!board || credentials === undefined) return bearerToken(authorization)
  const decoded = Buffer.from(credentials, 'base64').toString()
  return decoded.slice(decoded.indexOf(':') + 1)
}
