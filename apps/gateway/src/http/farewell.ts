import type { FastifyInstance } from 'fastify'
import { Server } from 'node:net'
import type { Server as HttpServer } from 'node:http'
import { within } from '#core'
import type { Draining } from '../draining.js'

/** How long a connection may be silent before it counts as one that nobody is about to send a request on. */
const SILENCE_MS = 1000

/** While the gateway drains, every answer is the last of its connection, so that the next request goes elsewhere. */
export function sayFarewell(server: FastifyInstance, draining: Draining): void {
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining.underWay) reply.header('Connection', 'close')
    done()
  })
}

/**
 * Takes no more connections, and waits until those there are have had their last answer.
 *
 * @param ms milliseconds, after which what is left is cut
 * @returns whether nothing had to be cut
 */
export async function endConnections(server: HttpServer, ms: number): Promise<boolean> {
  // http.Server.close would cut idle connections at once, on which a request may be on its way.
  const closed = new Promise<void>((resolve) => Server.prototype.close.call(server, () => resolve()))
  // Those whose last answer began before the drain; after it Node counts the silence.
  server.keepAliveTimeout = SILENCE_MS
  // Whoever had something to send in that time has got an answer that ended the connection.
  const silent = setTimeout(() => server.closeIdleConnections(), SILENCE_MS)
  const all = await within(ms, closed)
  clearTimeout(silent)
  if (!all) server.closeAllConnections()
  return all
}
