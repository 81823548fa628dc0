import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import type { Config } from '../config/schema.js'
import { withJoinedSignal } from '../lifetime/joined-signal.js'
import { mailAddress } from './address.js'
import { MailError, mailError } from './mail-error.js'
import { Patience } from './patience.js'

/** A mail to one recipient, in both forms. */
export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** Fixed per mail, so that a mailbox can fold the double that no SMTP client can rule out. */
  messageId: string
}

/** What holds a sending back while that is still possible. */
export interface Reins {
  /** Drops the connection, until the final dot is sent: after it only the server's answer tells what became of the mail. */
  signal: AbortSignal
  /** Asked when all but the final dot is sent; the mail is withheld unless the answer is true. */
  mayEnd: () => Promise<boolean>
}

/** A greeting that takes longer than this will not come. */
const GREETING_SECONDS = 10

/** Greeting, login, envelope, text: a server that uses up its time in each of them is given up. */
const STEPS = 4

/**
 * A server that has the whole mail may deliver it before it answers, and whoever does not wait sends it again: RFC 5321,
 * 4.5.3.2.6.
 */
const ANSWER_SECONDS = 600

type SmtpConfig = Pick<Config, 'SMTP_URL' | 'MAIL_FROM' | 'SMTP_TIMEOUT_SECONDS'>

/** Sends mails over SMTP, one connection each, with a time limit on every step and on the whole. */
export class Mailer {
  /** @param answerSeconds how long the answer to the final dot may take, at least */
  constructor(
    private readonly config: SmtpConfig,
    private readonly answerSeconds = ANSWER_SECONDS,
  ) {}

  /** @throws MailError that says whether a second try may help */
  async send(mail: Mail, { signal, mayEnd }: Reins): Promise<void> {
    // The envelope is explicit, so that nothing in a header can add a recipient.
    const to = mailAddress.parse(mail.to)
    const from = this.config.MAIL_FROM
    const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
    const drop = new AbortController()
    const dropped = (): void => drop.abort(signal.reason)
    if (signal.aborted) dropped()
    signal.addEventListener('abort', dropped)
    const patience = new Patience({ silentMs: this.timeoutMs, wholeMs: this.timeoutMs * STEPS })
    const { answerMs } = this
    let begun = false

    /** The text, whose end is the final dot. Nothing is read of it before the server has taken the envelope. */
    async function* upToTheDot(text: Readable): AsyncGenerator<Buffer> {
      begun = true
      yield* text as AsyncIterable<Buffer>
      if (!(await mayEnd().catch(() => false))) throw new MailError('withheld')
      signal.removeEventListener('abort', dropped)
      patience.dotSent(answerMs)
    }

    const transport = createTransport({ ...this.options(), ...tellsProgress(patience.heard) })
    transport.use('stream', ({ message }, done) => {
      message.processFunc((text) => Readable.from(upToTheDot(text)))
      done()
    })
    try {
      const envelope = { from: senderOf(from), to: [to] }
      await withJoinedSignal([drop.signal, patience.signal], (ending) =>
        transport.sendMail({ ...mail, from, to, envelope, headers, signal: ending }),
      )
    } catch (error) {
      if (error instanceof MailError || drop.signal.aborted) throw new MailError('withheld')
      throw mailError(patience.signal.aborted ? { code: 'ETIMEDOUT' } : error, begun)
    } finally {
      patience.stop()
      signal.removeEventListener('abort', dropped)
    }
  }

  /**
   * Connects, greets and logs in, and sends nothing.
   * @throws Error with the server's words
   */
  async verify(): Promise<void> {
    const transport = createTransport(this.options())
    try {
      await transport.verify()
    } finally {
      transport.close()
    }
  }

  private get timeoutMs(): number {
    return this.config.SMTP_TIMEOUT_SECONDS * 1000
  }

  private get answerMs(): number {
    return Math.max(this.timeoutMs, this.answerSeconds * 1000)
  }

  private options() {
    const greeting = Math.min(this.timeoutMs, GREETING_SECONDS * 1000)
    return {
      url: this.config.SMTP_URL,
      connectionTimeout: greeting,
      greetingTimeout: greeting,
      // It is one for all steps: the shorter limits are Patience's.
      socketTimeout: Math.max(this.timeoutMs * STEPS, this.answerMs),
      disableFileAccess: true,
      disableUrlAccess: true,
    }
  }
}

/** nodemailer tells of each command and reply only to a logger. What it says is dropped: it has addresses in it. */
function tellsProgress(heard: () => void) {
  const logger = {
    level: () => undefined,
    trace: heard,
    debug: heard,
    info: heard,
    warn: heard,
    error: heard,
    fatal: heard,
  }
  return { logger, debug: true }
}

const senderOf = (from: string): string => /<([^<>]+)>/.exec(from)?.[1] ?? from
