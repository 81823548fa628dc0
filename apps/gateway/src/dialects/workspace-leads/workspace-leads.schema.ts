import { z } from 'zod'
import { mailAddress } from '#core'
import { leadStatuses } from '#leads'
import { leadStatusField, lineText, optionalText, text } from '../../http/fields.js'
import { metadataField } from './metadata-field.js'
import { leadAnswerExample, newLeadExample } from './workspace-leads.examples.js'

const lead = {
  name: lineText(200),
  email: mailAddress,
  phone: optionalText(64),
  source: optionalText(200),
  status: leadStatusField.default('new'),
  metadata: metadataField.default({}),
}

export const newLeadBody = z.strictObject(lead).meta({ id: 'NewLead', examples: [newLeadExample] })
export const newLeadAliasBody = z
  .strictObject({
    ...lead,
    chatbotId: text(100).optional().describe("Absent: the workspace's default chatbot"),
  })
  .meta({ id: 'NewLeadOfWorkspace', examples: [newLeadExample] })
export type NewLeadBody = z.output<typeof newLeadBody>
export type NewLeadAliasBody = z.output<typeof newLeadAliasBody>

export const leadPatchBody = z
  .strictObject({
    name: lead.name.optional(),
    email: lead.email.optional(),
    phone: lead.phone,
    source: lead.source,
    status: leadStatusField.optional(),
    metadata: metadataField.optional(),
  })
  .meta({
    id: 'LeadPatch',
    description: 'What is absent stays; metadata replaces the object there was',
    minProperties: 1,
    examples: [{ status: 'contacted' }],
  })
export type LeadPatchBody = z.output<typeof leadPatchBody>
export const chatbotIdParameter = text(100).meta({
  description: "A chatbot's id",
  examples: ['cb_1234567890abcdef'],
})

/** Its 16 hex digits. What is no lead's id becomes what no lead has, so that both are the same 404. */
export const leadIdParameter = z
  .string()
  .meta({ description: "A lead's id", examples: ['lead_1234567890abcdef'] })
  .transform((id) => /^lead_([0-9a-f]{16})$/.exec(id)?.[1] ?? '')

export const workspaceLead = z
  .object({
    id: z.string().describe('lead_ and 16 hex digits'),
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    source: z.string().nullable(),
    status: z.enum(leadStatuses),
    metadata: z.record(z.string(), z.unknown()),
    createdAt: z.iso.datetime({ precision: 3 }),
    updatedAt: z.iso.datetime({ precision: 3 }),
    workspaceId: z.string(),
  })
  .meta({ id: 'Lead' })
export type WorkspaceLead = z.output<typeof workspaceLead>

export const leadAnswer = z
  .object({ success: z.literal(true), data: workspaceLead })
  .meta({ id: 'LeadAnswer', examples: [leadAnswerExample] })
export type LeadAnswer = z.output<typeof leadAnswer>
