import type { FastifyInstance } from 'fastify'
import { Server, type Socket } from 'node:net'
import { within } from '#core'
import type { Draining } from '../draining.js'

/** How long a connection may be silent before it counts as one that nobody is about to send a request on. */
const SILENCE_MS = 1000

/**
 * Takes no more connections, and waits until those there are have had their last answer.
 *
 * @param ms milliseconds, after which what is left is cut
 * @returns whether nothing had to be cut
 */
export type EndConnections = (ms: number) => Promise<boolean>

/**
 * While the gateway drains, every answer is the last of its connection, so that the next request goes elsewhere.
 *
 * @returns ends the connections of this app
 */
export function sayFarewell(app: FastifyInstance, draining: Draining): EndConnections {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining.underWay) reply.header('Connection', 'close')
    done()
  })
  const { server } = app
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  /** Whoever had something to send in SILENCE_MS has got an answer that ended the connection. */
  const endSilent = () => {
    server.closeIdleConnections()
    // Node counts a connection on which nothing ever came as one with a request under way.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }
  return async (ms) => {
    // http.Server.close would cut idle connections at once, on which a request may be on its way.
    const closed = new Promise<void>((resolve) => Server.prototype.close.call(server, () => resolve()))
    // Those whose last answer began before the drain; after it Node counts the silence.
    server.keepAliveTimeout = SILENCE_MS
    const silent = setTimeout(endSilent, SILENCE_MS)
    const all = await within(ms, closed)
    clearTimeout(silent)
    if (!all) server.closeAllConnections()
    return all
  }
}
