import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server, Socket } from 'node:net'
import { listen } from '../listen.js'
import { answerHttp } from './http.js'
import { createSmtpServer } from './smtp.js'
import { MailStore } from './store.js'

export interface MailboxOptions {
  /** Made when it is missing. */
  dataDir: string
  /** 0 for any */
  smtpPort: number
  /** Of the pages and of `/api/messages`; 0 for any. */
  httpPort: number
  /** 127.0.0.1 unless told otherwise */
  host?: string
}

export interface Mailbox {
  smtpUrl: string
  url: string
  /** Ends open connections at once. */
  close(): Promise<void>
}

/**
 * A mailbox for development and tests: takes every mail by SMTP and shows it, to people and as JSON.
 * A mail that was answered with 250 survives restarts and kills.
 *
 * @throws Error that names the port when one is taken
 */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const { dataDir, host = '127.0.0.1' } = options
  const store = new MailStore(dataDir)
  const smtp = createSmtpServer(store).server
  const http = createServer((request, response) => {
    answerHttp(request, response, store).catch((error: unknown) => response.destroy(error as Error))
  })
  const closers = [endingConnections(smtp), endingConnections(http)]
  const close = async (): Promise<void> => {
    await Promise.all(closers.map((end) => end()))
  }
  try {
    const smtpPort = await listen(smtp, options.smtpPort, host, 'mailbox SMTP')
    const httpPort = await listen(http, options.httpPort, host, 'mailbox page')
    return { smtpUrl: `smtp://${host}:${smtpPort}`, url: `http://${host}:${httpPort}`, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** @returns closes the server; without ending its connections that would wait for every client to leave */
function endingConnections(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return async () => {
    if (!server.listening) return
    const closed = once(server.close(), 'close')
    for (const socket of sockets) socket.destroy()
    await closed
  }
}
