import { z } from 'zod'
import { mailAddress } from '#core'
import { formatNames } from '#exports'
import { datasets } from '#leads'
import { text, timeZoneField } from '../http/fields.js'
import { newExportExample } from './exports.examples.js'
import { filterFields, namedFilter } from './filter-fields.js'

const oneOfThese = (names: readonly string[]) => `Must be one of ${names.join(', ')}`
const profiles = ['machine', 'excel-es'] as const

const filterField = namedFilter.describe(
  Object.entries(filterFields)
    .map(([dataset, fields]) => `${dataset}: ${Object.keys(fields).join(', ')}`)
    .join('. '),
)

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
