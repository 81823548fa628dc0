import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Above what services are used to, and below what systems give to connections and to whoever listens on any port. */
const FIRST_PORT = 20_000
const LAST_PORT = 32_767

/**
 * A TCP port of 127.0.0.1 that nobody listened on a moment ago, that no system gives away until it is used, and that
 * nobody else who asks here is given while this process lives.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1)
    try {
      await claim(port)
      await listenBriefly(port)
      return port
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
}

/**
 * @param label what wants the port, such as `gateway`
 * @param variable the environment variable that moves it
 * @throws Error that names port, label, variable and, where the system tells, who holds the port
 */
export async function assertPortFree(port: number, label: string, variable: string): Promise<void> {
  try {
    await listenBriefly(port)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE') throw new Error(`port ${port} (${label}, ${variable}) cannot be used: ${code}`)
    const holder = await holderOf(port)
    throw new Error(
      `port ${port} (${label}, ${variable}) is taken by ${holder}: end it, or set ${variable} to a free port`,
    )
  }
}

/** UDP and TCP have numbers of their own: a UDP socket on the same number is in the way of other claims only. */
async function claim(port: number): Promise<void> {
  const socket = createSocket('udp4').unref()
  socket.bind(port, '127.0.0.1')
  await once(socket, 'listening')
}

async function listenBriefly(port: number): Promise<void> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}

/** `ss` names processes of other users to root only, and macOS has no `ss`. */
async function holderOf(port: number): Promise<string> {
  const listing = await run('ss', ['-Hltnp', `sport = :${port}`]).then(
    (done) => done.stdout,
    () => '',
  )
  const [, name, pid] = /\("([^"]+)",pid=(\d+)/.exec(listing) ?? []
  return name && pid ? `${name} (process ${pid})` : 'another process'
}
