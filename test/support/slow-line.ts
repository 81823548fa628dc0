import { on, once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** So much is sent on at a time. */
const PIECE_BYTES = 16 * 1024

/** A line to a server on this machine that can be as slow as a test needs it, in the direction of the server. */
export class SlowLine {
  /** Absent: as fast as it goes. */
  bytesPerSecond: number | undefined
  /** How many bytes have reached the server. */
  passed = 0
  private readonly sockets = new Set<Socket>()
  private readonly server = createServer({ allowHalfOpen: false }, (near) => this.carry(near))

  private constructor(private readonly target: number) {}

  /** @param target the server's port */
  static async to(target: number): Promise<SlowLine> {
    const line = new SlowLine(target)
    line.server.listen(0, '127.0.0.1')
    await once(line.server, 'listening')
    return line
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    this.server.close()
    await once(this.server, 'close')
  }

  private carry(near: Socket): void {
    const far = connect(this.target, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket)
      // Either end that goes, for whatever reason, takes the other along.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.sockets.delete(socket)
        other.destroy()
      })
    }
    far.pipe(near)
    this.send(near, far).catch(() => far.destroy())
  }

  /** Takes at once what comes, so that it notices at once who hangs up, and drops what it has not sent on by then. */
  private async send(near: Socket, far: Socket): Promise<void> {
    for await (const [chunk] of on(near, 'data', { close: ['end', 'close'] }) as AsyncIterable<[Buffer]>) {
      for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
        const piece = chunk.subarray(at, at + PIECE_BYTES)
        if (this.bytesPerSecond !== undefined) await sleep((piece.length / this.bytesPerSecond) * 1000)
        if (near.readableEnded || near.destroyed || far.destroyed) return
        this.passed += piece.length
        if (!far.write(piece)) await once(far, 'drain')
      }
    }
  }
}
