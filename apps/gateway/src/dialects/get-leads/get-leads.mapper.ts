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

/** The answer as JSON. Its list is there twice and is written once: that is most of what the answer costs to make. */
export function getLeadsJson(data: CollectedCustomer[], pagination: GetLeadsAnswer['pagination']): string {
  const list = JSON.stringify(data)
  return `{"data":${list},"collectedCustomers":${list},"pagination":${JSON.stringify(pagination)}}`
}
