import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import type { Queue } from 'bullmq'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#core'
import { bearerToken } from '../http/authentication.js'
import { isOwnHost } from '../http/own-origin.js'
import { refuse } from '../http/refuse.js'

/** Where the board is on the admin port; a browser logs in there with the root token as its password. */
export const QUEUES_BOARD = '/admin/queues'

export const isOfTheBoard = ({ url }: FastifyRequest): boolean =>
  url === QUEUES_BOARD || url.startsWith(`${QUEUES_BOARD}/`) || url.startsWith(`${QUEUES_BOARD}?`)

/**
 * Bull Board over the queues, to look at messages and to pause and resume. What waits is in PostgreSQL: a queue's messages
 * only wake workers up. The port's root token guards it (admin.authentication.ts).
 */
export async function serveQueuesBoard(server: FastifyInstance, queues: readonly Queue[]): Promise<void> {
  const board = new FastifyAdapter()
  board.setBasePath(QUEUES_BOARD)
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue)),
    serverAdapter: board,
    options: { uiConfig: { boardTitle: 'Leadferry' } },
  })
  await server.register(async (scope) => {
    scope.addHook('onRequest', (request, reply, done) => {
      reply.headers(boardHeaders)
      if (!isForeignWrite(request)) return done()
      refuse(request, reply, new AppError('FORBIDDEN', { field: 'Origin', message: 'Not from another site' }))
    })
    // Bull Board's page takes its typeface from another host; the style sheet names system typefaces behind it.
    scope.addHook('onSend', (_request, _reply, payload, done) => done(null, withoutForeignLinks(payload)))
    await scope.register(board.registerPlugin(), { prefix: QUEUES_BOARD })
  })
}

const boardHeaders = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    // The board sets styles of single elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
}

const withoutForeignLinks = (payload: unknown): unknown =>
  typeof payload === 'string' && payload.startsWith('<!DOCTYPE html>')
    ? payload.replace(/<link\b[^>]*\bhref="https?:[^>]*>/g, '')
    : payload

/**
 * Whether a write may come from a page of another site: a browser sends a password that it has learned with those too.
 * Browsers name the page's origin with every write, and newer ones say whether it is the same site. A password with
 * neither may come from anywhere, so it is refused; a Bearer token no browser sends by itself.
 */
function isForeignWrite({ method, headers }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  const { origin, host, authorization, 'sec-fetch-site': site } = headers
  if (site !== undefined && site !== 'same-origin') return true
  if (origin !== undefined) return !isOwnHost(origin, host)
  return site === undefined && bearerToken(authorization) === null
}
