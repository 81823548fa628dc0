import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import type { Json } from './client.js'

/** A request that need not be well-behaved: fetch sends no body with GET and no body of its own framing. */
export interface Call {
  method: string
  path: string
  body?: string | Buffer
  headers?: Record<string, string>
  /** The body comes in chunks, without a Content-Length. */
  chunked?: boolean
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** Empty where the answer is no JSON. */
  body: Json
}

/** Sends one request over a connection of its own. */
export async function ask(origin: string, { method, path, body, headers, chunked }: Call): Promise<Answer> {
  // The path as it is: a URL object would tidy it.
  const { hostname, port } = new URL(origin)
  const framing = chunked === true ? { 'Transfer-Encoding': 'chunked' } : lengthOf(body)
  const sent = request({ hostname, port, method, path, headers: { ...framing, ...headers }, agent: false })
  return new Promise((resolve, reject) => {
    // A server that refuses a body answers before it has read it, and the rest can't be written.
    sent.on('error', reject)
    sent.on('response', (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString()
        const isJson = response.headers['content-type']?.includes('json') === true && text !== ''
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          body: isJson ? JSON.parse(text) : {},
        })
      })
    })
    sent.end(body)
  })
}

const lengthOf = (body: Call['body']) =>
  body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }

/** Writes bytes to a connection and reads until the server closes it. */
export async function exchange(origin: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  const pieces: Buffer[] = []
  socket.on('data', (piece) => pieces.push(piece))
  // A reset after the answer is as good as an end.
  socket.on('error', () => undefined)
  socket.write(bytes)
  await once(socket, 'close')
  return Buffer.concat(pieces).toString()
}
