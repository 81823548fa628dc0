import type { Mail } from '../mail.js'
import { html } from './html.js'
import type { Html } from './html.js'
import { renderPage, renderTime } from './layout.js'

export const views = ['html', 'text', 'headers'] as const
export type View = (typeof views)[number]

const titles: Record<View, string> = { html: 'Message', text: 'Plain text', headers: 'Headers' }

export function renderMessage(mail: Mail, view: View): string {
  const subject = mail.subject || '(no subject)'
  const header = html`<a class="back" href="/">← Mailbox</a>
    <h1>${subject}</h1>
    <dl>
      <div>
        <dt>From</dt>
        <dd>${mail.from || '(no sender)'}</dd>
      </div>
      <div>
        <dt>To</dt>
        <dd>${mail.to.join(', ')}</dd>
      </div>
      <div>
        <dt>Date</dt>
        <dd>${renderTime(mail.date)}</dd>
      </div>
    </dl>`
  const main = html`<main>
    <nav class="tabs">
      ${views.map((name) => renderTab(mail.id, name, name === view))}
      <a href="/messages/${mail.id}/raw">Source</a>
    </nav>
    ${renderBody(mail, view)}
  </main>`
  return renderPage(subject, header, main)
}

function renderTab(id: string, view: View, current: boolean): Html {
  const mark = current ? html`aria-current="page"` : ''
  return html`<a href="/messages/${id}?view=${view}" ${mark}>${titles[view]}</a>`
}

function renderBody(mail: Mail, view: View): Html {
  switch (view) {
    case 'html':
      if (mail.html === '') return html`<p class="empty">This mail has no HTML part.</p>`
      // No allow-scripts and no allow-same-origin: a mail can open links and nothing else.
      return html`<iframe
        title="The mail"
        src="/messages/${mail.id}/html"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      ></iframe>`
    case 'text':
      if (mail.text === '') return html`<p class="empty">This mail has no plain text part.</p>`
      return html`<pre>${mail.text}</pre>`
    case 'headers':
      return html`<dl class="headers">
        ${Object.entries(mail.headers).map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>`
  }
}

/** The mail's own HTML, for the frame: its links open in a tab of their own. */
export function frameDocument(mail: Mail): string {
  const base = '<base target="_blank">'
  const head = /<head(?:\s[^>]*)?>/i
  return head.test(mail.html)
    ? mail.html.replace(head, (tag) => tag + base)
    : `<!doctype html>${base}${mail.html}`
}

export function renderNotFound(): string {
  const header = html`<a class="back" href="/">← Mailbox</a>
    <h1>No such mail</h1>`
  return renderPage('No such mail', header, html`<main><p class="empty">It may have been deleted.</p></main>`)
}
