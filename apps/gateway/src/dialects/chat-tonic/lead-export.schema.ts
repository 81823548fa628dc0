import { z } from 'zod'
import { endDateField, requiredText, startDateField, text } from '../../http/fields.js'

export const exportTypes = ['csv', 'json', 'xlsx'] as const

export const leadExportQuery = z.object({
  funnel: requiredText(200).describe('Name of a funnel'),
  funnelGroup: requiredText(200).describe('Name of one of its groups'),
  exportType: z.enum(exportTypes, `Must be one of ${exportTypes.join(', ')}`),
  bot: requiredText(200).describe('Name of a chatbot'),
  account: text(100).optional().describe("An account's id"),
  accountId: text(100).optional().describe('The same as account'),
  startDate: startDateField.optional(),
  endDate: endDateField.optional(),
})
export type LeadExportQuery = z.output<typeof leadExportQuery>

export const leadExportAnswer = z
  .object({
    message: z.string().describe('In Spanish, or as Accept-Language wants it in English'),
    exportId: z.string(),
    statusUrl: z.url(),
  })
  .meta({ id: 'LeadExportAnswer' })
export type LeadExportAnswer = z.output<typeof leadExportAnswer>
