import type { Evidence } from './evidence.js'

export interface DeliveredMail {
  messageId: string
  /** The envelope's recipients. */
  to: string[]
  /** Of the export that it speaks of; null where it speaks of none. */
  exportId: string | null
  kind: 'export_completed' | 'export_failed'
  /** The token of its link to the file. */
  token: string | null
}

interface MailboxMail {
  id: string
  to: string[]
  text: string
  headers: Record<string, string>
}

const AT_ONCE = 8

/** Every mail in the mailbox, told apart by what it says and not by what the product calls it. */
export async function deliveredMails({ mailbox }: Evidence): Promise<DeliveredMail[]> {
  const list = await json<{ id: string }[]>(`${mailbox.url}/api/messages`)
  const mails: DeliveredMail[] = []
  for (let at = 0; at < list.length; at += AT_ONCE) {
    const some = list.slice(at, at + AT_ONCE)
    mails.push(
      ...(await Promise.all(
        some.map(async ({ id }) => read(await json(`${mailbox.url}/api/messages/${id}`))),
      )),
    )
  }
  return mails
}

function read({ id, to, text, headers }: MailboxMail): DeliveredMail {
  const token = /\/d\/([\w-]+)/.exec(text)?.[1] ?? null
  return {
    messageId: headers['message-id'] ?? `none, mail ${id}`,
    to,
    exportId: /exp_[0-9a-f]{16}/.exec(text)?.[0] ?? null,
    kind: token === null ? 'export_failed' : 'export_completed',
    token,
  }
}

async function json<T>(url: string): Promise<T> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`the mailbox answered ${answer.status}`)
  return (await answer.json()) as T
}
