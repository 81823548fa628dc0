import { InvalidArgumentError } from 'commander'
import type { ZodType } from 'zod'
import { integerField } from '#core'
import { timestamp } from '#leads'
import { codenameField } from '#tenancy'

/**
 * Values of options are checked before anything connects, so that a message names the option and not a
 * table's rule. The rules are those of the admin API; here is how a value is written on a command line.
 */

/** As it stands. */
export const textBy =
  <T>(rule: ZodType<T>) =>
  (value: string): T =>
    parsed(rule, value)

/** In decimal digits. */
export const wholeBy =
  (rule: ZodType<number>) =>
  (value: string): number =>
    parsed(rule, /^-?\d+$/.test(value) ? Number(value) : value)

/** Comma-separated. */
export const listBy =
  <T>(rule: ZodType<T>) =>
  (value: string): T =>
    parsed(
      rule,
      value.split(',').map((item) => item.trim()),
    )

export const timeBy =
  (rule: ZodType<string>) =>
  (value: string): Date =>
    new Date(parsed(rule, value))

export const codename = textBy(codenameField)

/** A whole number from `min` to `max`. */
export const wholeWithin = (bounds: { min: number; max: number }) => wholeBy(integerField(bounds))

export function instant(value: string): Date {
  const time = timestamp(value)
  if (time === null) throw new InvalidArgumentError('Must be an ISO-8601 timestamp with an offset.')
  return new Date(time)
}

/** @throws InvalidArgumentError with the rule's own sentence, and of a list the item that is meant */
function parsed<T>(rule: ZodType<T>, value: unknown): T {
  const result = rule.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const item = issue?.path.map((index) => `Item ${Number(index) + 1}: `).join('') ?? ''
  throw new InvalidArgumentError(`${item}${issue?.message ?? 'Is wrong'}.`)
}
