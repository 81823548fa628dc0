import { SMTPServer } from 'smtp-server'
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import type { MailStore } from './store.js'

/** Announced as SIZE (RFC 1870); a larger mail is answered 552 and not kept. */
const maxMailBytes = 20 * 1024 * 1024

/** Takes every mail for everybody, without authentication or TLS, and delivers it to the store. */
export function createSmtpServer(store: MailStore): SMTPServer {
  const smtp = new SMTPServer({
    name: 'localhost',
    banner: 'Leadferry development mailbox',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: maxMailBytes,
    onData(stream, session, reply) {
      receive(stream, session, store).then(() => reply(), reply)
    },
  })
  // Of a connection that broke; the mail of a client that died half way was not kept.
  smtp.on('error', () => undefined)
  return smtp
}

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  store: MailStore,
): Promise<void> {
  const pieces: Buffer[] = []
  for await (const piece of stream as AsyncIterable<Buffer>) {
    // Read on, or the client would never get to hear the answer.
    if (stream.sizeExceeded) pieces.length = 0
    else pieces.push(piece)
  }
  if (stream.sizeExceeded)
    throw Object.assign(new Error('Message is larger than 20 MiB'), { responseCode: 552 })
  const { mailFrom, rcptTo } = session.envelope
  const to = rcptTo.map(({ address }) => address)
  await store.add({ from: mailFrom === false ? '' : mailFrom.address, to }, Buffer.concat(pieces))
}
