import { deliveredMails, type DeliveredMail } from './delivered-mails.js'
import type { Evidence, Finding, Invariant } from './evidence.js'
import { groupBy } from './group-by.js'
import { everyExportOf, type JudgedExport } from './judged-export.js'

const name = 'one-mail-per-ending'

/** Each ending but a cancel has one mail in the outbox, which is sent, and one in the mailbox, to whom it is for. */
export const oneMailPerEnding: Invariant = { name, check }

/** A mail that is due. */
interface Due {
  exportId: string
  kind: DeliveredMail['kind']
  retries: number
  state: string
  attempts: number
}

async function check(evidence: Evidence): Promise<Finding[]> {
  const [exports, outbox, mails] = await Promise.all([
    everyExportOf(evidence),
    outboxOf(evidence),
    deliveredMails(evidence),
  ])
  const dues = groupBy(outbox, ({ exportId }) => exportId)
  const delivered = groupBy(mails, ({ exportId }) => exportId)
  const known = new Set(exports.map(({ id }) => id))
  const strays = mails.filter(({ exportId }) => exportId === null || !known.has(exportId))
  return [
    ...exports.flatMap((export_) =>
      complaints(export_, dues.get(export_.id) ?? [], delivered.get(export_.id) ?? []).map((says) => ({
        invariant: name,
        exportId: export_.id,
        says,
      })),
    ),
    ...strays.map(({ exportId, messageId }) => {
      return { invariant: name, exportId, says: `a mail (${messageId}) speaks of no export that there is` }
    }),
  ]
}

/**
 * Mails that were delivered more than once under one Message-ID, beyond the first of each: what remains of the two
 * windows that no SMTP client can close.
 */
export async function doubledMails(evidence: Evidence): Promise<number> {
  const mails = await deliveredMails(evidence)
  return mails.length - new Set(mails.map(({ messageId }) => messageId)).size
}

function complaints(export_: JudgedExport, dues: Due[], mails: DeliveredMail[]): string[] {
  return [
    ...wrongOutbox(endingsOf(export_), dues),
    ...kinds.flatMap((kind) =>
      wrongDeliveries(
        kind,
        endingsOf(export_).filter((ending) => ending.startsWith(kind)).length,
        dues.filter((due) => due.kind === kind),
        mails.filter((mail) => mail.kind === kind),
      ),
    ),
    ...mails
      .filter(({ to }) => to.length !== 1 || to[0] !== export_.recipient)
      .map(
        ({ messageId, to }) =>
          `the mail ${messageId} went to ${to.length} recipients, not to the one it is for`,
      ),
  ]
}

const kinds = ['export_completed', 'export_failed'] as const

/** How an export ended each time: it failed before every retry, and what its state says after the last. */
function endingsOf({ state, retries }: JudgedExport): string[] {
  const endings = Array.from({ length: retries }, (_, retry) => `export_failed ${retry}`)
  if (state === 'failed') endings.push(`export_failed ${retries}`)
  if (state === 'completed' || state === 'expired') endings.push(`export_completed ${retries}`)
  return endings
}

function wrongOutbox(endings: string[], dues: Due[]): string[] {
  const rows = groupBy(dues, ({ kind, retries }) => `${kind} ${retries}`)
  const missing = endings.filter((ending) => !rows.has(ending))
  return [
    ...missing.map((ending) => `no mail is in the outbox for ${ending}`),
    ...[...rows].flatMap(([ending, { length }]) => {
      if (!endings.includes(ending))
        return [`${length} mails are in the outbox for ${ending}, which did not happen`]
      return length === 1 ? [] : [`${length} mails are in the outbox for ${ending}`]
    }),
    ...dues
      .filter(({ state }) => state !== 'sent')
      .map(
        ({ kind, retries, state, attempts }) =>
          `the mail ${kind} ${retries} is ${state} after ${attempts} attempts`,
      ),
  ]
}

function wrongDeliveries(kind: string, endings: number, dues: Due[], mails: DeliveredMail[]): string[] {
  const byMessageId = groupBy(mails, ({ messageId }) => messageId)
  const says: string[] = []
  if (byMessageId.size !== endings)
    says.push(`${byMessageId.size} different mails ${kind} were delivered for ${endings} endings`)
  const doubles = mails.length - byMessageId.size
  // An attempt after the first may follow one that was delivered without its sender knowing; nothing else explains a double.
  const explained = dues.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0)
  if (doubles > explained)
    says.push(`${doubles} mails ${kind} were delivered again, and ${explained} second attempts explain that`)
  return says
}

async function outboxOf({ superuser }: Evidence): Promise<Due[]> {
  const { rows } = await superuser.query<Due>(
    'SELECT export_id AS "exportId", kind, retries, state, attempts FROM mail_outbox ORDER BY id',
  )
  return rows
}
