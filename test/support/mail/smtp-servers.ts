import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface TestSmtp {
  /** With the credentials that it asks for, where it does. */
  url: string
  /** The texts of the mails that it took: of those whose final dot came. */
  readonly taken: string[]
  close(): Promise<void>
}

type Hooks = Pick<SMTPServerOptions, 'onConnect' | 'onAuth' | 'onMailFrom' | 'onRcptTo'> & {
  /** After the final dot; an error is the reply. */
  onTaken?: () => Promise<void>
}

/** A mail server that does at each step what a test wants. It asks for a login only where the test judges one. */
export async function smtpServer({ onTaken, ...hooks }: Hooks = {}): Promise<TestSmtp> {
  const taken: string[] = []
  const server = new SMTPServer({
    authOptional: hooks.onAuth === undefined,
    disabledCommands: hooks.onAuth === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    ...hooks,
    onData(stream, _session, reply) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        taken.push(Buffer.concat(pieces).toString())
        Promise.resolve(onTaken?.()).then(() => reply(), reply)
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const login = hooks.onAuth === undefined ? '' : 'user:pass@'
  return {
    url: `smtp://${login}127.0.0.1:${port}`,
    taken,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** A reply of the server's own choice. */
export const reply = (code: number, text = 'no'): Error =>
  Object.assign(new Error(text), { responseCode: code })

/** Something that listens and is no mail server: it does with a connection what the test says. */
export async function listener(meet: (socket: Socket) => void): Promise<Omit<TestSmtp, 'taken'>> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    meet(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
