import { Agent, request } from 'node:http'
import type { Call } from './draft.js'

export interface Received {
  status: number
  contentType: string | null
  /** Names and values in turn, as they came. */
  rawHeaders: string[]
  text: string
}

/** Who says nothing for longer hangs: many times what the slowest answer takes on a busy machine. */
export const PATIENCE_MS = 20_000

/** The time was up. */
export class Hung extends Error {}

/** Sends requests over connections that are kept. */
export class Sender {
  private readonly agent = new Agent({ keepAlive: true })

  constructor(
    private readonly origin: string,
    private readonly patienceMs: number,
  ) {}

  /** @throws Error when no whole answer came: the connection broke, or the time was up */
  send({ method, path, headers, body }: Call): Promise<Received> {
    const { hostname, port } = new URL(this.origin)
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, method, path, agent: this.agent, setHost: false })
      sent.setTimeout(this.patienceMs, () => sent.destroy(new Hung(`nothing came for ${this.patienceMs} ms`)))
      const given = headers.some(([name]) => name === 'Host')
        ? headers
        : [['Host', `${hostname}:${port}`] as const, ...headers]
      for (const name of new Set(given.map(([one]) => one)))
        sent.setHeader(
          name,
          given.flatMap(([one, value]) => (one === name ? [value] : [])),
        )
      if (body !== undefined) sent.setHeader('Content-Length', body.length)
      sent.on('error', reject)
      sent.on('response', (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('error', reject)
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? null,
            rawHeaders: response.rawHeaders,
            text: Buffer.concat(pieces).toString(),
          })
        })
      })
      sent.end(body)
    })
  }

  close(): void {
    this.agent.destroy()
  }
}
