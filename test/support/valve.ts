import { connect, createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { freePort } from '../../tools/local-stack/ports.js'

/** A way to a server of 127.0.0.1 that can be open, stalled (it accepts and says nothing) or shut (it refuses). */
export class Valve {
  private readonly pairs = new Set<[Socket, Socket]>()
  private server: Server | undefined
  private stalled = false

  private constructor(
    readonly port: number,
    private readonly target: number,
  ) {}

  /** @param target the server's port */
  static async to(target: number): Promise<Valve> {
    return new Valve(await freePort(), target)
  }

  /** The URL of the server, by way of here. */
  url(original: string): string {
    const url = new URL(original)
    url.hostname = '127.0.0.1'
    url.port = String(this.port)
    return url.href
  }

  async open(): Promise<void> {
    this.stalled = false
    for (const pair of this.pairs) for (const socket of pair) socket.resume()
    if (this.server !== undefined) return
    this.server = createServer((socket) => this.join(socket)).listen(this.port, '127.0.0.1')
    await once(this.server, 'listening')
  }

  stall(): void {
    this.stalled = true
    for (const pair of this.pairs) for (const socket of pair) socket.pause()
  }

  async shut(): Promise<void> {
    const { server } = this
    this.server = undefined
    if (server === undefined) return
    const closed = once(server, 'close')
    server.close()
    for (const pair of this.pairs) for (const socket of pair) socket.destroy()
    await closed
  }

  private join(caller: Socket): void {
    // It was accepted just before the valve was shut.
    if (this.server === undefined) return void caller.destroy()
    const pair: [Socket, Socket] = [caller, connect(this.target, '127.0.0.1')]
    this.pairs.add(pair)
    for (const [from, to] of [pair, pair.toReversed() as [Socket, Socket]]) {
      from.on('error', () => undefined)
      from.on('data', (bytes) => {
        if (!to.write(bytes)) from.pause()
      })
      from.on('drain', () => {
        if (!this.stalled) to.resume()
      })
      from.on('close', () => {
        to.destroy()
        this.pairs.delete(pair)
      })
      if (this.stalled) from.pause()
    }
  }
}
