import { z } from 'zod'
import { mailAddress } from '#core'
import { formatNames } from '#exports'
import { datasets, leadStatuses } from '#leads'
import { endDateField, startDateField, text, timeZoneField } from '../http/fields.js'
import { newExportExample } from './exports.examples.js'

const oneOfThese = (names: readonly string[]) => `Must be one of ${names.join(', ')}`
const profiles = ['machine', 'excel-es'] as const

const filterField = z.strictObject({
  chatbotId: text(100).optional(),
  bot: text(200).optional().describe("records: the chatbot's name"),
  account: text(100).optional().describe("An account's id"),
  accountId: text(100).optional().describe('The same as account'),
  startDate: startDateField.optional(),
  endDate: endDateField.optional(),
  status: z.enum(leadStatuses, oneOfThese(leadStatuses)).optional().describe('leads'),
  source: text(200).optional().describe('leads'),
  email: text(254).optional().describe('leads; exact, whatever its case'),
  funnel: text(200).optional().describe('records; goes with funnelGroup'),
  funnelGroup: text(200).optional().describe('records; goes with funnel'),
})

/** POST /api/v1/exports */
export const newExportBody = z
  .strictObject({
    dataset: z.enum(datasets, oneOfThese(datasets)),
    format: z.enum(formatNames, oneOfThese(formatNames)),
    gzip: z.boolean('Must be true or false').default(false).describe('For csv, json and ndjson'),
    filter: filterField.default({}),
    columns: z
      .array(text(500), 'Must be a list of names')
      .min(1, 'Must not be empty')
      .max(500, 'Must have at most 500 names')
      .optional()
      .describe('Names of columns, in the order the file is to have them; absent: all'),
    timeZone: timeZoneField
      .optional()
      .describe('IANA name; absent: UTC, and for xlsx the time zone of the workspace'),
    csv: z
      .strictObject({
        profile: z
          .enum(profiles, oneOfThese(profiles))
          .default('machine')
          .describe('excel-es: semicolons and a BOM'),
        raw: z.boolean('Must be true or false').default(false).describe('true: no guard against formulas'),
      })
      .optional(),
    recipient: mailAddress.optional().describe("Absent: the key's owner"),
  })
  .meta({ id: 'NewExport', examples: [newExportExample] })
export type NewExportBody = z.output<typeof newExportBody>
