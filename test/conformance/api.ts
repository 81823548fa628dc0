import type { Target } from './target.js'

/** The kit's own requests, for what the examples need; what is checked goes through the examples. */
export class Api {
  constructor(private readonly target: Pick<Target, 'url' | 'key'>) {}

  /** @throws Error with the answer, for any but a 2xx. The type is the caller's word: nothing checks it. */
  get<T>(path: string): Promise<T> {
    return this.ask<T>('GET', path)
  }

  /** The same. */
  post<T>(path: string, body: unknown): Promise<T> {
    return this.ask<T>('POST', path, JSON.stringify(body))
  }

  private async ask<T>(method: string, path: string, body?: string): Promise<T> {
    const headers = {
      Authorization: `Bearer ${this.target.key}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    }
    const response = await fetch(`${this.target.url}${path}`, { method, headers, body })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return JSON.parse(text) as T
  }
}
