import { createTransport, type Transporter } from 'nodemailer'
import type { Config } from '../config/schema.js'
import { mailAddress } from './address.js'

/** A mail to one recipient, in both forms. */
export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** Fixed per mail, so that a mailbox can fold the double that no SMTP client can rule out. */
  messageId: string
}

/** A mail that the server refused for good (an SMTP reply of 5xx): sending it again changes nothing. */
export class MailRefusedError extends Error {
  constructor(readonly responseCode: number) {
    super(`the mail server refused the mail with ${responseCode}`)
    this.name = 'MailRefusedError'
  }
}

/** Sends mails over SMTP, one connection each, with short timeouts on every step. */
export class Mailer {
  private readonly transport: Transporter

  constructor(private readonly config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>) {
    const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 }
    this.transport = createTransport({
      url: config.SMTP_URL,
      ...timeouts,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }

  /**
   * @throws MailRefusedError when no second try can help, any other Error when one may
   */
  async send(mail: Mail): Promise<void> {
    // The envelope is explicit, so that nothing in a header can add a recipient.
    const to = mailAddress.parse(mail.to)
    const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
    try {
      await this.transport.sendMail({
        ...mail,
        from: this.config.MAIL_FROM,
        to,
        envelope: { from: senderOf(this.config.MAIL_FROM), to: [to] },
        headers,
      })
    } catch (error) {
      const code = (error as { responseCode?: unknown }).responseCode
      if (typeof code === 'number' && code >= 500 && code < 600) throw new MailRefusedError(code)
      throw error
    }
  }

  close(): void {
    this.transport.close()
  }
}

const senderOf = (from: string): string => /<([^<>]+)>/.exec(from)?.[1] ?? from
