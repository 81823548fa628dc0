import PostalMime, { decodeWords } from 'postal-mime'
import type { Address, Email } from 'postal-mime'

export interface MailSummary {
  /** Safe in URLs and as a file's name; greater than that of every earlier mail. */
  id: string
  /** The recipients of the envelope, which a header need not name. */
  to: string[]
  /** `Name <address>` or an address, from the header; the envelope's sender when there is none. */
  from: string
  subject: string
  /** ISO 8601, from the Date header; the time of arrival when that is absent or no date. */
  date: string
}

export interface Mail extends MailSummary {
  /** Empty when the mail has no such part. */
  text: string
  /** Empty when the mail has no such part. */
  html: string
  /** Lower-case names, decoded values; the values of a repeated header on a line each. */
  headers: Record<string, string>
}

export interface Envelope {
  from: string
  to: string[]
}

export async function summarize(
  id: string,
  envelope: Envelope,
  raw: Buffer,
  arrived: Date,
): Promise<MailSummary> {
  const email = await parse(raw)
  return {
    id,
    to: envelope.to,
    from: formatAddress(email.from) ?? envelope.from,
    subject: email.subject ?? '',
    date: toIso(email.date) ?? arrived.toISOString(),
  }
}

export async function readMail(summary: MailSummary, raw: Buffer): Promise<Mail> {
  const email = await parse(raw)
  return { ...summary, text: email.text ?? '', html: email.html ?? '', headers: readHeaders(email) }
}

/** A mail that is too broken to be read is still a mail: its source can be looked at. */
async function parse(raw: Buffer): Promise<Email> {
  return PostalMime.parse(raw).catch(() => ({ headers: [], headerLines: [], attachments: [] }))
}

function readHeaders(email: Email): Record<string, string> {
  const headers = new Map<string, string>()
  for (const { key, value } of email.headers) {
    const earlier = headers.get(key)
    headers.set(key, earlier === undefined ? decodeWords(value) : `${earlier}\n${decodeWords(value)}`)
  }
  return Object.fromEntries(headers)
}

function formatAddress(address: Address | undefined): string | undefined {
  if (!address?.address) return undefined
  return address.name ? `${address.name} <${address.address}>` : address.address
}

function toIso(date: string | undefined): string | undefined {
  const time = Date.parse(date ?? '')
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
