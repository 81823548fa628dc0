import { z } from 'zod'
import { type Dataset, leadStatuses } from '#leads'
import { endDateField, requiredText, startDateField, text } from '../http/fields.js'

const chatbotId = { chatbotId: text(100).optional().describe("A chatbot's id") }
const chatbot = { ...chatbotId, bot: text(200).optional().describe("A chatbot's name") }
const account = {
  account: text(100).optional().describe("An account's id"),
  accountId: text(100).optional().describe('The same as account'),
}
const dates = { startDate: startDateField.optional(), endDate: endDateField.optional() }
const group = {
  funnel: text(200).optional().describe("A funnel's name; goes with funnelGroup"),
  funnelGroup: text(200).optional().describe('Name of one of its groups; goes with funnel'),
}
const messageUser = { messageUser: text(100).optional().describe("A message user's id, 24 hex digits") }
const lead = {
  status: z
    .enum(leadStatuses, `Must be one of ${leadStatuses.join(', ')}`)
    .optional()
    .describe('Only leads of this status'),
  source: text(200).optional().describe('Only leads of this source'),
  email: requiredText(254).optional().describe('The whole address, whatever its case'),
}

/** What each dataset can be filtered by, in its list and in its exports alike. */
export const filterFields = {
  leads: { ...chatbotId, ...lead, ...account, ...dates },
  records: { ...chatbot, ...group, ...account, ...dates },
  funnels: { ...chatbot, ...group, ...messageUser, ...account, ...dates },
  messageUsers: { ...account, ...dates },
  messages: { ...chatbot, ...messageUser, ...account, ...dates },
} satisfies Record<Dataset, z.ZodRawShape>

/** A filter of whatever dataset, as clients write it: by names, by either name of an account. */
export const namedFilter = z.strictObject({
  ...filterFields.leads,
  ...filterFields.records,
  ...filterFields.funnels,
  ...filterFields.messageUsers,
  ...filterFields.messages,
})
export type NamedFilter = z.output<typeof namedFilter>
