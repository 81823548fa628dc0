import { z } from 'zod'
import { endDateField, requiredText, startDateField, text } from '../../http/fields.js'
import { leadExportExample } from './chat-tonic.examples.js'

export const exportTypes = ['csv', 'json', 'xlsx'] as const

export const leadExportQuery = z.object({
  funnel: requiredText(200).meta({ description: 'Name of a funnel', examples: ['sacarTarjeta'] }),
  funnelGroup: requiredText(200).meta({
    description: 'Name of one of its groups',
    examples: ['Sacar Tarjeta'],
  }),
  exportType: z.enum(exportTypes, `Must be one of ${exportTypes.join(', ')}`).describe('Format of the file'),
  bot: requiredText(200).meta({ description: 'Name of a chatbot', examples: ['asistente-tarjetas'] }),
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
  .meta({ id: 'LeadExportAnswer', examples: [leadExportExample] })
export type LeadExportAnswer = z.output<typeof leadExportAnswer>
