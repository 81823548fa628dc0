import type { MailError } from '#core'

/** What of a mail that was not sent is written down; one that was withheld goes on elsewhere, or later. */
export type UnsentFault = Exclude<MailError['fault'], 'withheld'>

/** Why a mail waits or was given up, as operators read it. */
export const mailReasons = {
  refused: 'mail_refused',
  put_off: 'mail_put_off',
  unavailable: 'mail_server_unavailable',
} as const satisfies Record<UnsentFault, string>
