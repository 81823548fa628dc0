import { inMilliseconds, leadId } from '#core'
import type { ContactRow } from '#leads'
import type { Chatbot } from '#tenancy'
import type { CollectedCustomer, GetLeadsAnswer } from './get-leads.schema.js'

/** A lead as Chatbase and Chatzuri write it. */
export const collectedCustomer = (
  lead: ContactRow,
  chatbot: Pick<Chatbot, 'ownerUserId'>,
): CollectedCustomer => ({
  id: Number(lead.id),
  created_at: inMilliseconds(lead.created_at),
  chatbot_owner_user_id: chatbot.ownerUserId,
  chatbot_id: lead.chatbot_id,
  phone: lead.phone,
  email: lead.email,
  name: lead.name,
  lead_id: leadId(lead.hex),
  account_id: lead.account_id,
})

/** The answer as JSON. Its list is there twice and is written and encoded once: that is most of what the answer costs to make. */
export function getLeadsJson(data: CollectedCustomer[], pagination: GetLeadsAnswer['pagination']): Buffer {
  const list = Buffer.from(JSON.stringify(data))
  const end = Buffer.from(`,"pagination":${JSON.stringify(pagination)}}`)
  return Buffer.concat([DATA, list, COLLECTED_CUSTOMERS, list, end])
}

const DATA = Buffer.from('{"data":')
const COLLECTED_CUSTOMERS = Buffer.from(',"collectedCustomers":')
