import { z } from 'zod'
import { filterFields } from '../../exports/filter-fields.js'
import { cursorField, pageField, sizeField } from '../../http/fields.js'
import { pagination } from '../../http/paging.js'
import { leadListExample } from './workspace-leads.examples.js'
import { workspaceLead } from './workspace-leads.schema.js'

const place = { page: pageField, size: sizeField, cursor: cursorField }
const { chatbotId, ...ofChatbot } = filterFields.leads

export const leadListQuery = z.object({ ...ofChatbot, ...place })
export const leadListAliasQuery = z.object({
  chatbotId: chatbotId.describe("Absent: every chatbot's"),
  ...leadListQuery.shape,
})
export type LeadListQuery = z.output<typeof leadListQuery>
export type LeadListAliasQuery = z.output<typeof leadListAliasQuery>

export const leadListAnswer = z
  .object({ success: z.literal(true), data: z.array(workspaceLead), pagination })
  .meta({ id: 'LeadList', examples: [leadListExample] })
export type LeadListAnswer = z.output<typeof leadListAnswer>
