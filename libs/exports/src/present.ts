import type { Locale } from '#tenancy'

/** How numbers, sizes and times are written for people, on pages and in mails alike. */
export function presenter(locale: Locale, timeZone: string) {
  const tag = locale === 'es' ? 'es' : 'en'
  // es groups from five digits on by default, which reads as a mistake beside longer numbers
  const number = new Intl.NumberFormat(tag, { useGrouping: 'always' })
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  const time = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone })
  return {
    number: (value: number | string): string => number.format(BigInt(value)),
    bytes: (value: number | string): string => bytes(Number(value), tag),
    /** A day that is written YYYY-MM-DD, whatever zone it is of. */
    day: (value: string): string => day.format(new Date(`${value}T00:00:00Z`)),
    /** Day, time and the zone they are in. */
    time: (value: Date): string => `${time.format(value)} (${timeZone})`,
  }
}

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** Powers of 1000, as file managers of today show them. */
function bytes(value: number, tag: string): string {
  let unit = 0
  let rest = value
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000
    unit += 1
  }
  const digits = new Intl.NumberFormat(tag, { maximumFractionDigits: unit === 0 || rest >= 100 ? 0 : 1 })
  return `${digits.format(rest)} ${units[unit] ?? 'B'}`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML, safe in elements and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
