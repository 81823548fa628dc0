import { until } from '../until.js'

export interface ReceivedMail {
  id: string
  to: string[]
  subject: string
  text: string
  html: string
}

/** The mails in a mailbox, newest first. */
export async function mailsIn(mailbox: { url: string }): Promise<ReceivedMail[]> {
  const list = (await (await fetch(`${mailbox.url}/api/messages`)).json()) as { id: string }[]
  return Promise.all(
    list.map(
      async ({ id }) => (await (await fetch(`${mailbox.url}/api/messages/${id}`)).json()) as ReceivedMail,
    ),
  )
}

/** Waits for a mail that speaks of an export. */
export function mailAbout(mailbox: { url: string }, exportId: string): Promise<ReceivedMail> {
  return until(`the mail about ${exportId}`, async () =>
    (await mailsIn(mailbox)).find(({ text }) => text.includes(exportId)),
  )
}
