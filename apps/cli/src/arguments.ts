import { InvalidArgumentError } from 'commander'
import { type ZodType } from 'zod'
import { mailAddress } from '#core'
import { reservedCodenames, scopes, type Scope } from '#tenancy'

/** Values of options are checked before anything connects, so that a message names the option and not a table's rule. */

export function codename(value: string): string {
  if (!/^[a-z0-9_-]{1,64}$/.test(value))
    throw new InvalidArgumentError('It has 1 to 64 of a-z, 0-9, _ and -.')
  if ((reservedCodenames as readonly string[]).includes(value))
    throw new InvalidArgumentError('It is reserved.')
  return value
}

export function timeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
  } catch {
    throw new InvalidArgumentError('It is an IANA name such as America/Lima.')
  }
}

export const email = (value: string): string => parsed(mailAddress, value)

export function scopeList(value: string): Scope[] {
  const names = list(value)
  const wrong = names.find((name) => !(scopes as readonly string[]).includes(name))
  if (wrong !== undefined) throw new InvalidArgumentError(`${wrong} is none of ${scopes.join(', ')}.`)
  return names as Scope[]
}

export function instant(value: string): Date {
  const time = new Date(value)
  if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(value) || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError('It is an ISO-8601 time with an offset, such as 2030-01-01T00:00:00Z.')
  }
  return time
}

export function hours(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('It is a whole number of hours.')
  return Number(value)
}

/** A whole number from `min` to `max`. */
export const wholeWithin =
  ({ min, max }: { min: number; max: number }) =>
  (value: string): number => {
    if (/^[1-9]\d{0,8}$/.test(value) && Number(value) >= min && Number(value) <= max) return Number(value)
    throw new InvalidArgumentError(`It is a whole number from ${min} to ${max}.`)
  }

/** Anything but nothing. */
export function filled(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.')
  return value
}

export function funnelName(value: string): string {
  if (/^\d+$/.test(value) || value === '__proto__')
    throw new InvalidArgumentError('It may not be a number or __proto__.')
  if (value.length > 200) throw new InvalidArgumentError('It has 200 characters at most.')
  return filled(value)
}

/** Comma-separated. */
export function list(value: string): string[] {
  const items = value.split(',').map((item) => item.trim())
  if (items.includes('')) throw new InvalidArgumentError('It has an empty item.')
  if (new Set(items).size < items.length) throw new InvalidArgumentError('It has an item twice.')
  return items
}

function parsed<T>(schema: ZodType<T>, value: string): T {
  const result = schema.safeParse(value)
  if (!result.success) throw new InvalidArgumentError(`${result.error.issues[0]?.message ?? 'It is wrong'}.`)
  return result.data
}
