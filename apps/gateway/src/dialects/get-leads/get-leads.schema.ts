import { z } from 'zod'
import { cursorField, endDateField, pageField, sizeField, startDateField, text } from '../../http/fields.js'
import { pagination } from '../../http/paging.js'
import { customerExample, getLeadsBodyExample, getLeadsExample } from './get-leads.examples.js'

/** The parameters of Chatbase's and Chatzuri's get-leads, the same in the query and in the body. */
const parameters = {
  chatbotId: text(100)
    .optional()
    .meta({ description: 'Required, here or as agentId', examples: ['cb_1234567890abcdef'] }),
  agentId: text(100).optional().describe('Another name of chatbotId'),
  startDate: startDateField.optional(),
  endDate: endDateField.optional(),
  page: pageField,
  size: sizeField,
  cursor: cursorField,
}

export const getLeadsQuery = z.object(parameters)
export const getLeadsBody = z
  .strictObject(parameters)
  .meta({ id: 'GetLeadsBody', examples: [getLeadsBodyExample] })
  .optional()

export type GetLeadsParameters = z.output<typeof getLeadsQuery>

/** One lead as Chatbase documents it, then what it leaves out. */
const collectedCustomer = z
  .object({
    id: z.int().describe("The lead's number"),
    created_at: z.iso.datetime({ precision: 3 }).describe('ISO-8601 with milliseconds and Z'),
    chatbot_owner_user_id: z.string(),
    chatbot_id: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    name: z.string().nullable(),
    lead_id: z.string().describe('The same lead in the workspace API'),
    account_id: z.string(),
  })
  .meta({ id: 'CollectedCustomer', examples: [customerExample] })

export const getLeadsAnswer = z
  .object({
    data: z.array(collectedCustomer),
    collectedCustomers: z.array(collectedCustomer).describe('The same list'),
    pagination,
  })
  .meta({ id: 'GetLeadsAnswer', examples: [getLeadsExample] })

export type GetLeadsAnswer = z.output<typeof getLeadsAnswer>
