/** A caller of the API: JSON in, JSON out, with the status. */
export class Client {
  constructor(
    private readonly base: string,
    private readonly key?: string,
  ) {}

  get = (path: string, headers: Record<string, string> = {}) => this.send('GET', path, undefined, headers)
  post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    this.send('POST', path, body, headers)

  async send(method: string, path: string, body: unknown, headers: Record<string, string>) {
    const response = await fetch(`${this.base}${path}`, {
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
    return { status: response.status, headers: response.headers, text, body: json }
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers without schemas of their own
export type Json = any
