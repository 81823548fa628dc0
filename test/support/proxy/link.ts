import { connect, type Socket } from 'node:net'
import type { Conduct } from './conduct.js'

export interface Traffic {
  bytesUp: number
  bytesDown: number
}

/** Silence after which an upstream whose client is gone is taken to be done with what it was sent, in milliseconds. */
const DONE_AFTER_MS = 5000

/**
 * A client's connection and the one that goes on from it to the upstream, which is opened when it is first needed. Both
 * are read only when there is a place for the bytes, so memory stays flat and a side that waits feels it.
 */
export class Link {
  private far: Socket | undefined
  private conductOf: ((link: Link) => Conduct) | undefined
  private conduct: Conduct | undefined

  constructor(
    readonly client: Socket,
    /** Any URL that names host and port. */
    private readonly target: URL,
    private readonly traffic: Traffic,
    private readonly onEnd: () => void,
  ) {
    this.watch(client)
    client.once('close', (hadError) => this.clientClosed(hadError))
  }

  get upstream(): Socket {
    this.far ??= this.dial()
    return this.far
  }

  /** Whether anybody waits for bytes, or for a connection at all. */
  get waits(): boolean {
    return this.far === undefined || this.client.readableLength + this.far.readableLength > 0
  }

  /** What a mode does with it from now on; where the mode before still has something in mind, after that. */
  take(conductOf: (link: Link) => Conduct): void {
    this.conductOf = conductOf
    if (this.conduct?.stays?.() !== true) this.takeOver()
  }

  /** The mode that is set now takes over; a connection whose client is gone stays with the one under which it went. */
  takeOver(): void {
    if (this.client.destroyed) return
    this.conduct?.leave?.()
    this.conduct = this.conductOf?.(this)
    this.conduct?.move()
  }

  /** Moves at most `limit` bytes to the upstream. @returns them, null where there is nothing or no place for it */
  up(limit = Infinity): Buffer | null {
    const moved = transfer(this.client, this.upstream, limit)
    this.traffic.bytesUp += moved?.length ?? 0
    return moved
  }

  /** Moves at most `limit` bytes to the client. @returns them, null where there is nothing or no place for it */
  down(limit = Infinity): Buffer | null {
    const moved = transfer(this.upstream, this.client, limit)
    this.traffic.bytesDown += moved?.length ?? 0
    return moved
  }

  /** Whatever there is, both ways. */
  exchange(): void {
    while (this.up() !== null);
    while (this.down() !== null);
  }

  /** Sends bytes that a mode took from the client before. */
  send(bytes: Buffer): void {
    this.traffic.bytesUp += bytes.length
    this.upstream.write(bytes)
  }

  /** Both sides get a RST. */
  reset(): void {
    reset(this.client)
    if (this.far !== undefined) reset(this.far)
  }

  /** The client gets a RST, the upstream ends what it does, and nobody hears its answer. */
  abandon(): void {
    const { upstream } = this
    this.conduct = { move: () => discard(upstream), clientGone: () => undefined }
    reset(this.client)
    // Not ended by us: a server may drop what it works on when its client hangs up.
    upstream.setTimeout(DONE_AFTER_MS, () => upstream.destroy())
    this.conduct.move()
  }

  /** Nothing is left of it, nor of what its mode still had in mind. */
  end(): void {
    this.conduct?.leave?.()
    this.conduct = undefined
    this.reset()
    this.onEnd()
  }

  private dial(): Socket {
    const { hostname: host, port } = this.target
    const upstream = connect({ host, port: Number(port), allowHalfOpen: true, noDelay: true })
    this.watch(upstream)
    upstream.once('close', (hadError) => {
      if (hadError) reset(this.client)
      if (this.client.destroyed) this.end()
    })
    return upstream
  }

  private watch(socket: Socket): void {
    const move = () => this.conduct?.move()
    for (const event of ['readable', 'drain', 'end']) socket.on(event, move)
    // 'close' follows, which says that there was one.
    socket.on('error', () => undefined)
  }

  private clientClosed(hadError: boolean): void {
    if (this.conduct?.clientGone !== undefined) return this.conduct.clientGone()
    if (hadError && this.far !== undefined) reset(this.far)
    if (this.far === undefined || this.far.destroyed) this.end()
  }
}

/**
 * At once, though it is still connecting or has something to write: `resetAndDestroy` alone would wait for that. A FIN
 * that is on its way is all the other side gets: in the middle of a shutdown libuv refuses to reset
 * (`uv_tcp_close_reset`), and Node then takes a handle for closed that stays open, and spins at its exit for ever.
 */
function reset(socket: Socket): void {
  if (socket.destroyed) return
  const shuttingDown = socket.writableEnded && socket.writableLength === 0 && !socket.writableFinished
  if (!shuttingDown) socket.resetAndDestroy()
  socket.destroy()
}

function transfer(from: Socket, to: Socket, limit: number): Buffer | null {
  if (to.writableNeedDrain || to.writableEnded || limit <= 0) return null
  // Asking for a number of bytes above the mark would raise the mark, and memory with it.
  const size = Math.min(limit, from.readableHighWaterMark)
  const chunk = (from.readableLength > size ? from.read(size) : from.read()) as Buffer | null
  if (chunk !== null) to.write(chunk)
  else if (from.readableEnded) to.end()
  return chunk
}

function discard(socket: Socket): void {
  while (socket.read() !== null);
  if (socket.readableEnded) socket.destroy()
}
