import { z } from 'zod'
import {
  cursorField,
  endDateField,
  pageField,
  requiredText,
  sizeField,
  startDateField,
  text,
} from '../../http/fields.js'
import { pagination } from '../../http/paging.js'
import { leadListExample } from './workspace-leads.examples.js'
import { statusField, workspaceLead } from './workspace-leads.schema.js'

const parameters = {
  status: statusField.optional().describe('Only leads of this status'),
  source: text(200).optional().describe('Only leads of this source'),
  email: requiredText(254).optional().describe('The whole address, whatever its case'),
  account: text(100).optional().describe("An account's id"),
  accountId: text(100).optional().describe('The same as account'),
  startDate: startDateField.optional(),
  endDate: endDateField.optional(),
  page: pageField,
  size: sizeField,
  cursor: cursorField,
}

export const leadListQuery = z.object(parameters)
export const leadListAliasQuery = z.object({
  chatbotId: text(100).optional().describe("Absent: every chatbot's"),
  ...parameters,
})
export type LeadListQuery = z.output<typeof leadListQuery>
export type LeadListAliasQuery = z.output<typeof leadListAliasQuery>

export const leadListAnswer = z
  .object({ success: z.literal(true), data: z.array(workspaceLead), pagination })
  .meta({ id: 'LeadList', examples: [leadListExample] })
export type LeadListAnswer = z.output<typeof leadListAnswer>
