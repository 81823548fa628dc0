import { type Config, type Mail, onOneLine } from '#core'
import type { Locale } from '#tenancy'
import { downloadToken } from '../download-links.js'
import type { FailureReason } from '../reasons.js'
import { escapeHtml, presenter } from '../present.js'
import type { MailKind } from './mail-kind.js'
import { type MailTexts, mailTexts } from './texts.js'

/** A mail of the outbox with what it tells about. */
export interface ExportMail {
  id: string
  kind: MailKind
  /** How often it was claimed: the claim on it. */
  attempts: number
  /** How often the export had been tried again when it ended so. */
  retries: number
  exportId: string
  recipientName: string
  recipientEmail: string
  locale: Locale
  workspaceName: string
  timeZone: string
  archiveName: string | null
  rows: string
  bytes: string | null
  sha256: string | null
  reason: FailureReason | null
  acceptedAt: Date
  expiresAt: Date | null
  linkVersion: number
  /** Of the request that the export was accepted by; null where nobody traced it. */
  traceparent: string | null
}

interface Content {
  subject: string
  paragraphs: string[]
  /** Label and value. */
  facts: [string, string][]
  button?: { label: string; url: string }
  note: string
  footer: string
}

/** Writes a mail in the workspace's language, as text and as HTML. */
export function composeMail(mail: ExportMail, config: Pick<Config, 'PUBLIC_URL' | 'APP_SECRET'>): Mail {
  const texts = mailTexts[mail.locale]
  // Names that were stored before their rule could start lines of their own in the text.
  const shown = {
    ...mail,
    recipientName: onOneLine(mail.recipientName),
    workspaceName: onOneLine(mail.workspaceName),
  }
  const content = mail.kind === 'export_completed' ? ready(shown, texts, config) : failed(shown, texts)
  return {
    to: mail.recipientEmail,
    subject: content.subject,
    text: asText(content),
    html: asHtml(content, mail.locale),
    messageId: `<${mail.exportId}.${mail.retries}.${mail.kind}@${new URL(config.PUBLIC_URL).hostname}>`,
  }
}

function ready(
  mail: ExportMail,
  texts: MailTexts,
  config: Pick<Config, 'PUBLIC_URL' | 'APP_SECRET'>,
): Content {
  const show = presenter(mail.locale, mail.timeZone)
  const fileName = (mail.archiveName ?? '').split('/').at(-1) ?? ''
  const facts: [string, string][] = [
    [texts.file, fileName],
    [texts.rows, show.number(mail.rows)],
    [texts.size, show.bytes(mail.bytes ?? 0)],
    [texts.checksum, mail.sha256 ?? ''],
  ]
  if (mail.expiresAt !== null) facts.push([texts.until, show.time(mail.expiresAt)])
  return {
    subject: texts.readySubject(fileName),
    paragraphs: [texts.greeting(mail.recipientName), texts.ready(mail.workspaceName)],
    facts,
    button: {
      label: texts.button,
      url: `${config.PUBLIC_URL}/d/${downloadToken(config.APP_SECRET, mail.exportId, mail.linkVersion)}`,
    },
    note: texts.bearer,
    footer: texts.footer(mail.workspaceName),
  }
}

/** What a smaller file would mend. */
const tooMuch: ReadonlySet<FailureReason> = new Set<FailureReason>(['too_large', 'timed_out'])

function failed(mail: ExportMail, texts: MailTexts): Content {
  const requestedAt = presenter(mail.locale, mail.timeZone).time(mail.acceptedAt)
  const reason = mail.reason ?? 'internal_error'
  return {
    subject: texts.failedSubject,
    paragraphs: [
      texts.greeting(mail.recipientName),
      texts.failed(mail.workspaceName, requestedAt),
      texts.why[reason],
    ],
    facts: [['Id', mail.exportId]],
    note: tooMuch.has(reason) ? texts.askForLess : texts.askAgain(mail.workspaceName),
    footer: texts.footer(mail.workspaceName),
  }
}

function asText({ paragraphs, facts, button, note, footer }: Content): string {
  const lines = facts.map(([label, value]) => `${label}: ${value}`)
  const link = button === undefined ? [] : [`${button.label}:\n${button.url}`]
  return [...paragraphs, lines.join('\n'), ...link, note, `-- \n${footer}`].join('\n\n') + '\n'
}

/** Tables and inline styles, because mail programs read little else. */
function asHtml({ subject, paragraphs, facts, button, note, footer }: Content, locale: Locale): string {
  const text = 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;color:#1f2937'
  const rows = facts.map(
    ([label, value]) =>
      `<tr><td style="padding:4px 16px 4px 0;color:#6b7280;white-space:nowrap;vertical-align:top">${escapeHtml(label)}</td>` +
      `<td style="padding:4px 0;word-break:break-all">${escapeHtml(value)}</td></tr>`,
  )
  const action =
    button === undefined
      ? ''
      : `<p style="margin:24px 0"><a href="${escapeHtml(button.url)}" style="display:inline-block;background:#1f5eff;color:#ffffff;` +
        `text-decoration:none;font-weight:600;padding:12px 24px;border-radius:8px">${escapeHtml(button.label)}</a></p>`
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;background:#f3f4f6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:12px">
<tr><td style="padding:32px;${text};font-size:15px;line-height:1.5">
${paragraphs.map((paragraph) => `<p style="margin:0 0 12px">${escapeHtml(paragraph)}</p>`).join('\n')}
${action}
<table role="presentation" cellpadding="0" cellspacing="0" style="font-size:14px;margin:8px 0 16px">${rows.join('')}</table>
<p style="margin:0;font-size:13px;color:#6b7280">${escapeHtml(note)}</p>
</td></tr></table>
<p style="${text};font-size:12px;color:#6b7280;max-width:560px">${escapeHtml(footer)}</p>
</td></tr></table>
</body>
</html>
`
}
