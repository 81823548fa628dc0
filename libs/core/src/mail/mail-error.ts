/**
 * What a mail that was not sent calls for.
 * - `refused`: the server will never take this mail (5yz to its recipient or its text); sending it again changes nothing
 * - `put_off`: it did not take this mail now (4yz, a connection that broke), and may later
 * - `unavailable`: the server is not there, or takes no mail from us (its greeting, our login, our sender's address):
 *   whatever is wrong, it is no fault of the mail's, and the next one would fare alike
 * - `withheld`: we dropped the connection before the mail was whole
 */
export type MailFault = 'refused' | 'put_off' | 'unavailable' | 'withheld'

/** Of a mail that was not sent. It carries no text of the server's: that repeats addresses, and errors are logged. */
export class MailError extends Error {
  constructor(
    readonly fault: MailFault,
    /** nodemailer's, e.g. ETIMEDOUT. */
    readonly code: string | null = null,
    /** The SMTP reply, where there was one. */
    readonly reply: number | null = null,
  ) {
    super(`the mail was not sent: ${[fault, reply ?? code].filter((part) => part !== null).join(', ')}`)
    this.name = 'MailError'
  }
}

/** Replies that are never about the mail: the server closes down (RFC 5321, 3.8), bad sequence, log in first (RFC 4954). */
const aboutTheServer: readonly number[] = [421, 503, 530]

/**
 * @param error nodemailer's, which names the command that failed
 * @param begun whether the server had taken the envelope and waited for the text
 */
export function mailError(error: unknown, begun: boolean): MailError {
  const { code, command, responseCode } = error as { [key: string]: unknown }
  const reply = typeof responseCode === 'number' ? responseCode : null
  return new MailError(faultOf(command, reply, begun), typeof code === 'string' ? code : null, reply)
}

function faultOf(command: unknown, reply: number | null, begun: boolean): MailFault {
  if (reply === null) return begun ? 'put_off' : 'unavailable'
  const isAboutMail = command === 'RCPT TO' || command === 'DATA'
  if (!isAboutMail || aboutTheServer.includes(reply)) return 'unavailable'
  return reply >= 500 ? 'refused' : 'put_off'
}
