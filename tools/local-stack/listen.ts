import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'

/**
 * @param port 0 for any
 * @param what names the server in the error
 * @returns the port it listens on
 * @throws Error that names the port, when it is taken or may not be used
 */
export async function listen(server: Server, port: number, host: string, what: string): Promise<number> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'EADDRINUSE' ? 'is taken by another process' : `cannot be used: ${message}`
    throw new Error(`${what}: port ${port} on ${host} ${reason}`, { cause: error })
  }
  return (server.address() as AddressInfo).port
}
