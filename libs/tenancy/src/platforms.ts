/** Channels that an account can be a connection of, beside the implicit account's `api`; an account's archive folder has the name between two dashes. */
export const platforms = [
  'apple_messages',
  'email',
  'google_chat',
  'instagram',
  'line',
  'messenger',
  'mobile',
  'rcs',
  'skype',
  'slack',
  'sms',
  'teams',
  'telegram',
  'twitter',
  'viber',
  'voice',
  'webchat',
  'webchattonic',
  'wechat',
  'whatsapp',
] as const
export type Platform = (typeof platforms)[number]

/** What an account's folder begins with: its name in `a-z`, `0-9` and single dashes, or the platform's where none is left. */
export function slugOf(name: string, platform: string): string {
  const slug = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '')
  return slug === '' ? platform.replaceAll('_', '-') : slug
}
