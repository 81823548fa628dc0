import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { FastifyAdapter } from '@bull-board/fastify'
import type { Queue } from 'bullmq'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#core'
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
      reply.header('X-Content-Type-Options', 'nosniff').header('X-Frame-Options', 'DENY')
      reply.header('Referrer-Policy', 'no-referrer')
      if (!isForeign(request)) return done()
      refuse(request, reply, new AppError('FORBIDDEN', { message: 'Not from another site' }))
    })
    await scope.register(board.registerPlugin(), { prefix: QUEUES_BOARD })
  })
}

/** A browser sends a login that it has learned with requests of other sites too, and says that they are theirs. */
const isForeign = ({ method, headers }: FastifyRequest): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  !['same-origin', 'none', undefined].includes(headers['sec-fetch-site'])
