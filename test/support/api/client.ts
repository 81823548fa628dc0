import { Contract } from './contract.js'

/** A caller of the API: JSON in, JSON out, with the status. Every answer is held against the server's own OpenAPI document. */
export class Client {
  constructor(
    private readonly base: string,
    private readonly key?: string,
  ) {}

  get = (path: string, headers: Record<string, string> = {}) => this.send('GET', path, undefined, headers)
  post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    this.send('POST', path, body, headers)
  delete = (path: string, headers: Record<string, string> = {}) =>
    this.send('DELETE', path, undefined, headers)

  async send(method: string, path: string, body: unknown, headers: Record<string, string>) {
    const url = `${this.base}${path}`
    const { origin } = new URL(url)
    const contract = await Contract.of(origin)
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.key === undefined ? {} : { Authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : {}
    const { status } = response
    const contentType = response.headers.get('content-type')
    contract.hold({ method, path: url.slice(origin.length), status, contentType, body: json, text })
    return { status, headers: response.headers, text, body: json }
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers without schemas of their own
export type Json = any
