import type { FastifyInstance } from 'fastify'
import type { IncomingMessage } from 'node:http'

/** Bytes of a body that are read at once and thrown away: most that are refused are no longer. */
const READ_AT_ONCE = 128 * 1024
/** Milliseconds between two reads of a socket, of 64 KiB at most, for all that is thrown away: 32 MB a second in all. */
const PACE_MS = 2

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
  private readonly paused: IncomingMessage[] = []
  private timer: NodeJS.Timeout | undefined

  take(body: IncomingMessage): void {
    let bytes = 0
    // A client that leaves ends its body with an error that concerns nobody any more.
    body.on('error', () => undefined)
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > READ_AT_ONCE) this.pause(body)
    })
  }

  private pause(body: IncomingMessage): void {
    body.pause()
    this.paused.push(body)
    this.timer ??= setInterval(() => this.goOn(), PACE_MS).unref()
  }

  private goOn(): void {
    this.paused.shift()?.resume()
    if (this.paused.length > 0) return
    clearInterval(this.timer)
    this.timer = undefined
  }
}
