import { z } from 'zod'
import { isOneLine, lineText, nameField, NOT_ONE_LINE, requiredText, saysSomething, text } from '#core'
import { leadStatuses } from '#leads'
import { timeZoneField } from '#tenancy'

export { lineText, nameField, requiredText, text, timeZoneField }

/**
 * A decimal integer, as text in a query or a number in a body. Below the minimum, or no integer, is an
 * error; above the maximum it is cut to it and echoed (DESIGN section 4). Absent stays undefined.
 */
export const wholeNumber = ({ min, max, fallback }: { min: number; max?: number; fallback: number }) =>
  z
    .union([z.string(), z.number()], 'Must be an integer')
    .transform((given, context) => {
      if (/^\d+$/.test(String(given)) && Number(given) >= min) return Math.min(Number(given), max ?? Infinity)
      context.addIssue({ code: 'custom', message: `Must be an integer of at least ${min}` })
      return z.NEVER
    })
    .meta({
      type: 'integer',
      minimum: min,
      description: `Default ${fallback}${max === undefined ? '' : `; more than ${max} counts as ${max}`}`,
    })
    .optional()

/** Page numbers have no maximum of their own: the offset has one. */
export const pageField = wholeNumber({ min: 1, fallback: 1 })
export const sizeField = wholeNumber({ min: 1, max: 100, fallback: 20 })

export const cursorField = text(1000).optional().describe('next of the page before; goes without page')

/** Text that may be absent. One that says nothing counts as null: forms post `""` for what was left blank. */
export const optionalText = (max: number) =>
  text(max)
    .transform((given) => (saysSomething(given) ? given : null))
    .nullish()
    .describe('Empty counts as null')

/** A name that may be absent. */
export const optionalName = (max: number) =>
  text(max)
    .refine((given) => isOneLine(given) || !saysSomething(given), NOT_ONE_LINE)
    .transform((given) => (saysSomething(given) ? given : null))
    .nullish()
    .describe('Empty counts as null')

export const startDateField = z
  .string('Must be text')
  .describe('YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive)')
export const endDateField = z
  .string('Must be text')
  .describe('YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive)')

export const leadStatusField = z.enum(leadStatuses, `Must be one of ${leadStatuses.join(', ')}`)
