import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A client that asks for something, reads the head of the answer, and then nothing more. */
export interface StalledReader {
  /** The first bytes of the answer. */
  head: string
  socket: Socket
}

/**
 * Asks by a connection of its own. The receive buffers of the system take some megabytes before the server notices that
 * nobody reads.
 */
export async function stalledReader(
  url: string,
  headers: Record<string, string> = {},
): Promise<StalledReader> {
  const { hostname, port, pathname, search, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n${lines.join('')}\r\n`)
  const [first] = (await once(socket, 'data')) as [Buffer]
  socket.pause()
  return { head: first.toString('latin1').split('\r\n\r\n')[0]!, socket }
}

export const statusOf = ({ head }: StalledReader): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1])
