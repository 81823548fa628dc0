import type { IncomingMessage, ServerResponse } from 'node:http'
import { script, stylesheet } from './pages/assets.js'
import { renderList } from './pages/list.js'
import { frameDocument, renderMessage, renderNotFound, views } from './pages/message.js'
import type { View } from './pages/message.js'
import type { Mail } from './mail.js'
import type { MailStore } from './store.js'

interface Answer {
  status?: number
  type: string
  body: string | Buffer
  /** Content-Security-Policy */
  policy?: string
}

const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
/** A mail may style itself and show pictures; it runs nothing, also when its address is opened without the frame. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: http: https:; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

export async function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  store: MailStore,
): Promise<void> {
  const { status = 200, type, body, policy = pagePolicy } = await route(request, store)
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function route(request: IncomingMessage, store: MailStore): Promise<Answer> {
  const [path = '', query] = (request.url ?? '').split('?')
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const [, folder, id, part = ''] =
    /^(\/api\/messages|\/messages)\/([0-9a-z]+)(?:\/(raw|html))?$/.exec(path) ?? []
  if (method === 'DELETE' && path === '/api/messages') {
    store.clear()
    return json(200, { deleted: true })
  }
  if (method !== 'GET') return json(405, { error: 'Method not allowed' })
  if (path === '/') return page(200, renderList(store.list()))
  if (path === '/api/messages') return json(200, store.list())
  if (path === '/assets/mailbox.js') return { type: 'text/javascript', body: script }
  if (path === '/assets/mailbox.css') return { type: 'text/css', body: stylesheet }
  const mail = id === undefined ? undefined : await store.find(id)
  if (folder === '/messages')
    return mail ? messagePage(mail, part, query, store) : page(404, renderNotFound())
  return mail && part === '' ? json(200, mail) : json(404, { error: 'Not found' })
}

async function messagePage(
  mail: Mail,
  part: string,
  query: string | undefined,
  store: MailStore,
): Promise<Answer> {
  if (part === 'raw') return { type: 'text/plain', body: (await store.raw(mail.id)) ?? '' }
  if (part === 'html') return { type: 'text/html', body: frameDocument(mail), policy: mailPolicy }
  const wanted = new URLSearchParams(query).get('view')
  const preferred: View = mail.html === '' ? 'text' : 'html'
  return page(200, renderMessage(mail, views.find((view) => view === wanted) ?? preferred))
}

function page(status: number, body: string): Answer {
  return { status, type: 'text/html', body }
}

function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json', body: JSON.stringify(value) }
}
