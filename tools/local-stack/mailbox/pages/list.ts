import type { MailSummary } from '../mail.js'
import { html } from './html.js'
import type { Html } from './html.js'
import { renderPage, renderTime } from './layout.js'

/** @param mails newest first */
export function renderList(mails: readonly MailSummary[]): string {
  const title = mails.length > 0 ? `Mailbox (${mails.length})` : 'Mailbox'
  const header = html`<h1>Mailbox</h1>
    <p>Mails sent by this development stack. Nothing leaves this machine.</p>
    <button type="button" data-delete-all ${mails.length > 0 ? '' : 'hidden'}>Delete all</button>`
  const content =
    mails.length > 0
      ? html`<ul class="mails">
          ${mails.map(renderRow)}
        </ul>`
      : emptyState
  // The script compares the state with the list's and fetches the page anew when they differ.
  return renderPage(
    title,
    header,
    html`<main data-state="${mails[0]?.id ?? ''}:${mails.length}">${content}</main>`,
  )
}

const emptyState = html`<section class="empty">
  <h2>No mail yet</h2>
  <p>Ask for an export, and the mail with its link appears here by itself.</p>
</section>`

function renderRow({ id, from, to, subject, date }: MailSummary): Html {
  return html`<li>
    <a href="/messages/${id}">
      <span class="subject">${subject || '(no subject)'}</span>
      ${renderTime(date)}
      <span class="people">${from || '(no sender)'} <b aria-label="to">→</b> ${to.join(', ')}</span>
    </a>
  </li>`
}
