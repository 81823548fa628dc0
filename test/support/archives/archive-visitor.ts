import { type Answer, ask } from '../api/http.js'

/** Someone at the archive pages, with what a browser keeps and sends. */
export class ArchiveVisitor {
  cookie = ''

  constructor(
    private readonly origin: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  get = (path: string, method = 'GET') => this.send(method, path)
  post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    this.send('POST', path, new URLSearchParams(form).toString(), {
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: this.origin,
      ...headers,
    })
  login = (token: string, more: Record<string, string> = {}) =>
    this.post('/archives/login', { token, ...more })

  private async send(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const kept: Record<string, string> = this.cookie === '' ? {} : { Cookie: this.cookie }
    const answer = await ask(this.origin, {
      method,
      path,
      body,
      headers: { ...kept, ...this.headers, ...headers },
    })
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = set.split(';')
      this.cookie = /Max-Age=0/.test(set) ? '' : pair
    }
    return answer
  }
}

/** What links of a page lead to, as they would be asked for. */
export const linksIn = (text: string): string[] =>
  [...text.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))

/** Names that a page's buttons would download. */
export const filesIn = (text: string): string[] =>
  [...text.matchAll(/name="name" value="([^"]*)"/g)].map(([, name]) => name!)
