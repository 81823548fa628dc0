/** What a mail tells its recipient of an export. */
export const mailKinds = ['export_completed', 'export_failed'] as const
export type MailKind = (typeof mailKinds)[number]
