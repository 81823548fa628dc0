import { z } from 'zod'
import { integerField, nameField, text } from '#core'

/** Names that a codename would hide: they begin paths of their own under /api/v1. */
const reserved: readonly string[] = ['exports', 'leads', 'chatbots', 'get-leads', 'archive', 'admin']

export const codenameField = z
  .string('Must be text')
  .regex(/^[a-z0-9_-]{1,64}$/, 'Must have 1 to 64 of a-z, 0-9, _ and -')
  .refine((codename) => !reserved.includes(codename), 'Is reserved')

/** A time zone by its IANA name. */
export const timeZoneField = text(64).refine(
  isTimeZone,
  'Must be a time zone by its IANA name, e.g. America/Lima',
)

/** WorkspaceSettings, one by one. */
export const settingFields = {
  name: nameField(200),
  locale: z.enum(['es', 'en'], 'Must be es or en'),
  retentionDays: integerField({ min: 1, max: 3650 }),
  maxRunningExports: integerField({ min: 1, max: 1000 }),
  maxWaitingExports: integerField({ min: 1, max: 1_000_000 }),
  maxAccounts: integerField({ min: 1, max: 1_000_000 }),
}

export const chatbotFields = { name: nameField(200), ownerUserId: nameField(200) }

function isTimeZone(name: string): boolean {
  try {
    // Offsets such as +05:00 are zones to Intl, but name no place and no clock change.
    return (
      /^[A-Z]/i.test(name) && Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    )
  } catch {
    return false
  }
}
