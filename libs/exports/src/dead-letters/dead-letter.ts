import { mailReasons } from '../mails/mail-reasons.js'
import { failureReasons } from '../reasons.js'

/**
 * What ended badly: an export that failed, a mail that was given up, an export's file that the store has lost, a day whose
 * archives fail again and again.
 */
export const deadLetterKinds = ['export', 'mail', 'missing_file', 'archive_day'] as const
export type DeadLetterKind = (typeof deadLetterKinds)[number]

export const deadLetterReasons = [...failureReasons, ...Object.values(mailReasons)] as const
export type DeadLetterReason = (typeof deadLetterReasons)[number]

/** Ids and no address: who may look finds that in the database. */
export interface DeadLetter {
  kind: DeadLetterKind
  id: string
  /** Its codename. */
  workspace: string
  /** Null for a file: why the store has lost it, nobody here knows. */
  reason: DeadLetterReason | null
  /** When it ended so; of a day, when it was tried last; of a file, since when it is known to be missing. */
  at: Date
  /** How often it was tried; of a day, since it was last built; of a file, how often its export was. */
  attempts: number
  /** Of an export, or that a mail tells of, or whose file it is. */
  exportId: string | null
  /** YYYY-MM-DD, of a day. */
  day: string | null
}

/** Which of them; what is absent does not matter. */
export interface DeadLetterFilter {
  kind?: DeadLetterKind
  workspaceId?: string
  reason?: DeadLetterReason
  /** ISO-8601 with an offset, inclusive. */
  since?: string
}
