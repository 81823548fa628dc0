import { type Agent, request } from 'node:http'
import type { Outcome } from './outcome.js'

export interface Outgoing {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  body?: string | Buffer
}

/** Longer than anybody waits for a page. */
const LATE_MS = 30_000

/**
 * Sends a request and throws its answer away.
 * @param agent must not limit its sockets: a request that waits for one in this process would look like a slow server
 */
export function send(agent: Agent, { method, url, headers, body }: Outgoing): Promise<Outcome> {
  return new Promise((resolve) => {
    const outgoing = request(url, { method, agent, headers: { ...headers, ...lengthOf(body) } })
    const late = setTimeout(() => {
      resolve('late')
      outgoing.destroy()
    }, LATE_MS)
    const end = (outcome: Outcome) => {
      clearTimeout(late)
      resolve(outcome)
    }
    outgoing.on('response', (response) => {
      response.on('close', () => end(response.complete ? (response.statusCode ?? 'cut') : 'cut'))
      // A server that refuses a body may cut the connection right after its answer.
      response.on('error', () => undefined)
      response.resume()
    })
    outgoing.on('error', () => end('cut'))
    outgoing.end(body)
  })
}

const lengthOf = (body: string | Buffer | undefined): Record<string, number> =>
  body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }
