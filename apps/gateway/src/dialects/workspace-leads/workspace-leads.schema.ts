import { z } from 'zod'
import { mailAddress } from '#core'
import { leadStatuses } from '#leads'
import { optionalText, requiredText, text } from '../../http/fields.js'
import { metadataField } from './metadata-field.js'

const lead = {
  name: requiredText(200),
  email: mailAddress,
  phone: optionalText(64),
  source: optionalText(200),
  status: z.enum(leadStatuses, `Must be one of ${leadStatuses.join(', ')}`).default('new'),
  metadata: metadataField.default({}),
}

export const newLeadBody = z.strictObject(lead).meta({ id: 'NewLead' })
export const newLeadAliasBody = z
  .strictObject({
    ...lead,
    chatbotId: text(100).optional().describe("Absent: the workspace's default chatbot"),
  })
  .meta({ id: 'NewLeadOfWorkspace' })
export type NewLeadBody = z.output<typeof newLeadBody>
export type NewLeadAliasBody = z.output<typeof newLeadAliasBody>

export const chatbotIdParameter = text(100)

const workspaceLead = z
  .object({
    id: z.string().describe('lead_ and 16 hex digits'),
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    source: z.string().nullable(),
    status: z.enum(leadStatuses),
    metadata: z.record(z.string(), z.unknown()),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    workspaceId: z.string(),
  })
  .meta({ id: 'Lead' })
export type WorkspaceLead = z.output<typeof workspaceLead>

export const leadAnswer = z
  .object({ success: z.literal(true), data: workspaceLead })
  .meta({ id: 'LeadAnswer' })
export type LeadAnswer = z.output<typeof leadAnswer>
