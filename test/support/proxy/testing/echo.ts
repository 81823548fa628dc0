import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Echo {
  url: string
  /** Its side of each connection, the first one first. */
  sockets: Socket[]
  /** What it was sent, over all connections. */
  received(): Buffer
  close(): Promise<void>
}

/** A server that greets, if it is told to, and sends back whatever it is sent. */
export async function startEcho(greeting = ''): Promise<Echo> {
  const sockets: Socket[] = []
  const pieces: Buffer[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', (piece) => pieces.push(piece))
    if (greeting !== '') socket.write(greeting)
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    received: () => Buffer.concat(pieces),
    async close() {
      const closed = once(server.close(), 'close')
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

export interface Caller {
  socket: Socket
  heard(): Buffer
  /** `end`, `close`, or the code of its error, whichever came first. */
  outcome: Promise<string>
}

/** A client that keeps what it hears. */
export function call(url: string): Caller {
  const pieces: Buffer[] = []
  const { hostname: host, port } = new URL(url)
  const socket = connect({ host, port: Number(port) })
  socket.on('data', (piece) => pieces.push(piece))
  const outcome = new Promise<string>((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.once('end', () => resolve('end'))
    socket.once('close', () => resolve('close'))
  })
  return { socket, heard: () => Buffer.concat(pieces), outcome }
}
