import type { FastifyInstance } from 'fastify'
import type { IncomingMessage } from 'node:http'
import { BodyPace, READ_AT_ONCE } from './body-pace.js'

/**
 * Reads the body of a request that was refused before its body was read, and throws it away, because a client that is still
 * sending can't read the answer. It does so slowly: Node would read as fast as the client sends, and a client that sends
 * megabytes with every request that is refused would keep this process busy.
 */
export function discardSlowly(server: FastifyInstance): void {
  const discard = new SlowDiscard()
  server.addHook('onSend', ({ raw }, _reply, _payload, done) => {
    // Where nobody has begun to read. Node leaves a body alone that somebody reads.
    if (!raw.complete && raw.readableFlowing === null) discard.take(raw)
    done()
  })
}

/** Throws bodies away, in turn. */
export class SlowDiscard {
  private readonly pace = new BodyPace()

  take(body: IncomingMessage): void {
    let bytes = 0
    // A client that leaves ends its body with an error that concerns nobody any more.
    body.on('error', () => undefined)
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= READ_AT_ONCE) return
      body.pause()
      this.pace.wait(() => body.resume())
    })
  }
}
