import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const TICK_MS = 50

/** What a line lets through: everything, nothing, or so many bytes a second of what the caller sends on each connection. */
export type Pace = 'open' | 'silent' | number

/** A TCP line to a server, on a port of its own, that can be slow, or take everything and let nothing through. */
export class PacedLine {
  pace: Pace = 'open'
  /** Bytes that came from callers, whether they were let through or not. */
  taken = 0
  private readonly sockets = new Set<Socket>()
  private readonly server = createServer((caller) => void this.relay(caller))

  private constructor(private readonly target: number) {}

  /** @param target the server's port on this machine */
  static async to(target: number): Promise<PacedLine> {
    const line = new PacedLine(target)
    line.server.listen(0, '127.0.0.1')
    await once(line.server, 'listening')
    return line
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    const closed = once(this.server.close(), 'close')
    for (const socket of this.sockets) socket.destroy()
    await closed
  }

  private async relay(caller: Socket): Promise<void> {
    const server = connect(this.target, '127.0.0.1')
    for (const [socket, other] of [
      [caller, server],
      [server, caller],
    ] as const) {
      this.sockets.add(socket)
      // An end that is reset, or gone, ends the other.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.sockets.delete(socket)
        other.destroy()
      })
    }
    server.pipe(caller)
    try {
      for await (const chunk of caller) await this.pass(chunk as Buffer, server)
    } catch {
      // The caller is gone.
    }
    server.end()
  }

  private async pass(chunk: Buffer, server: Socket): Promise<void> {
    this.taken += chunk.length
    for (let at = 0; at < chunk.length;) {
      const count = await this.turn(chunk.length - at)
      if (server.destroyed) return
      if (count > 0 && !server.write(chunk.subarray(at, at + count)))
        await Promise.race([once(server, 'drain'), once(server, 'close')])
      at += count
    }
  }

  /** Waits as the pace has it. @returns how many of so many bytes may go then */
  private async turn(bytes: number): Promise<number> {
    if (this.pace === 'open') return bytes
    if (this.pace === 'silent') {
      await sleep(TICK_MS)
      return 0
    }
    const count = Math.min(bytes, Math.ceil((this.pace * TICK_MS) / 1000))
    await sleep((count / this.pace) * 1000)
    return count
  }
}
