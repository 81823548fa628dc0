import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A request that an example sent, and its answer as it came. */
export interface Exchange {
  method: string
  path: string
  status: number
  contentType: string
  body: string
}

/**
 * Stands between an example and the deployment: most of the documents' examples print the body at best, so what
 * they were answered is seen here. Passes everything on as it came but for three headers: Host becomes the
 * deployment's, Connection is a matter of each side, and without Accept-Encoding answers stay readable.
 */
export class Recorder {
  private exchanges: Exchange[] = []

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param deployment its scheme, host and port are where requests go */
  static async start(deployment: URL): Promise<Recorder> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const recorder = new Recorder(server, (server.address() as AddressInfo).port)
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      recorder.pass(deployment, request, response).catch((error: unknown) => {
        const body = `${deployment.origin} could not be asked: ${String(error)}`
        const { method = '', url: path = '' } = request
        recorder.exchanges.push({ method, path, status: 502, contentType: 'text/plain', body })
        response.writeHead(502, { 'Content-Type': 'text/plain' }).end(body)
      })
    })
    return recorder
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** What went through while `work` was done, and what that gave. One at a time: exchanges are not told apart. */
  async during<T>(work: () => Promise<T>): Promise<{ exchanges: Exchange[]; result: T }> {
    this.exchanges = []
    const result = await work()
    return { exchanges: this.exchanges, result }
  }

  async close(): Promise<void> {
    this.server.close()
    this.server.closeAllConnections()
    await once(this.server, 'close')
  }

  private async pass(deployment: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await buffer(request)
    const { method = '', url: path = '' } = request
    const ask = deployment.protocol === 'https:' ? httpsRequest : httpRequest
    const asked = ask(deployment.origin, { method, path, headers: headersFor(deployment, request) })
    asked.end(sent)
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    const body = await buffer(answer)
    const status = answer.statusCode ?? 0
    const contentType = answer.headers['content-type'] ?? ''
    this.exchanges.push({ method, path, status, contentType, body: body.toString('utf8') })
    const { connection: _connection, 'transfer-encoding': _coding, ...headers } = answer.headers
    response.writeHead(status, { ...headers, connection: 'close', 'content-length': body.length })
    response.end(body)
  }
}

const OURS = ['host', 'connection', 'accept-encoding']

/** Names in their case and order, as the example wrote them. */
function headersFor({ host }: URL, { rawHeaders }: IncomingMessage): string[] {
  const headers = ['Host', host, 'Connection', 'close']
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
    if (!OURS.includes(name.toLowerCase())) headers.push(name, value)
  }
  return headers
}
