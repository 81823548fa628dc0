import { failureReasons } from '../reasons.js'
import { composeMail, type ExportMail } from './compose.js'

const config = { PUBLIC_URL: 'https://leads.example.com', APP_SECRET: 's'.repeat(32) }
const failed: ExportMail = {
  id: '1',
  kind: 'export_failed',
  attempts: 1,
  retries: 0,
  exportId: 'exp_1234567890abcdef',
  recipientName: 'Ana <Peña>',
  recipientEmail: 'ana@example.com',
  locale: 'en',
  workspaceName: 'Banco & Co',
  timeZone: 'America/Lima',
  archiveName: null,
  rows: '0',
  bytes: null,
  sha256: null,
  reason: 'timed_out',
  acceptedAt: new Date('2026-01-15T10:30:00Z'),
  expiresAt: null,
  linkVersion: 1,
  traceparent: null,
}

describe.each(['es', 'en'] as const)('the mail about a failure, in %s', (locale) => {
  const mailOf = (changes: Partial<ExportMail>) => composeMail({ ...failed, locale, ...changes }, config)

  it('says why in words of its own for each reason', () => {
    const texts = failureReasons.map((reason) => mailOf({ reason }).text)
    expect(new Set(texts).size).toBe(failureReasons.length)
    for (const text of texts) {
      expect(text).not.toMatch(/[a-z]_[a-z]/)
      expect(text).toContain(failed.exportId)
    }
  })

  it('says that less may help, or whom to tell', () => {
    const narrower = /narrower filter|filtro más estrecho/
    expect(mailOf({ reason: 'too_large' }).text).toMatch(narrower)
    expect(mailOf({ reason: 'timed_out' }).text).toMatch(narrower)
    const { text } = mailOf({ reason: 'storage_refused' })
    expect(text).not.toMatch(narrower)
    expect(text).toMatch(/whoever runs Banco & Co|quien administra Banco & Co/)
  })

  it('keeps names that were stored with line breaks on their line', () => {
    const forged = 'Ana\r\n\r\nPay here: https://evil.example.com\u2028\u202e'
    const { text, html, subject } = mailOf({ recipientName: forged, workspaceName: forged })
    const shown = 'Ana Pay here: https://evil.example.com'
    for (const form of [text, html]) {
      expect(form).toContain(shown)
      expect(form).not.toMatch(/^Pay here/m)
      expect(form).not.toMatch(/[\r\u2028\u202e]/)
    }
    expect(subject).not.toMatch(/\p{Cc}/u)
  })

  it('has no markup in it but its own', () => {
    const { html } = mailOf({})
    expect(html).toContain('Ana &lt;Peña&gt;')
    expect(html).toContain('Banco &amp; Co')
  })
})

it('the mails of two endings of one export are told apart by a mailbox, those of one are not', () => {
  const ids = [0, 0, 1].map((retries) => composeMail({ ...failed, retries }, config).messageId)
  expect(new Set(ids).size).toBe(2)
})
