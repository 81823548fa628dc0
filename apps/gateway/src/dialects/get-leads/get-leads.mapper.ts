import { inMilliseconds, leadId } from '#core'
import type { ContactRow } from '#leads'
import type { Chatbot } from '#tenancy'
import { jsonList, jsonText } from '../../http/json-list.js'
import type { GetLeadsAnswer } from './get-leads.schema.js'

/**
 * The answer as JSON, the leads of a chatbot as Chatbase and Chatzuri write them. Its list is there twice and is written once: that is
 * most of what the answer costs to make.
 */
export function getLeadsJson(
  leads: readonly ContactRow[],
  { id, ownerUserId }: Pick<Chatbot, 'id' | 'ownerUserId'>,
  pagination: GetLeadsAnswer['pagination'],
): Buffer {
  const chatbot = `"chatbot_owner_user_id":${jsonText(ownerUserId)},"chatbot_id":"${id}"`
  const list = jsonList(leads.map((lead) => customerJson(lead, chatbot)))
  const end = Buffer.from(`,"pagination":${JSON.stringify(pagination)}}`)
  return Buffer.concat([DATA, list, COLLECTED_CUSTOMERS, list, end])
}

const DATA = Buffer.from('{"data":')
const COLLECTED_CUSTOMERS = Buffer.from(',"collectedCustomers":')

const customerJson = (lead: ContactRow, chatbot: string): string =>
  `{"id":${lead.id},"created_at":"${inMilliseconds(lead.created_at)}",${chatbot},` +
  `"phone":${jsonText(lead.phone)},"email":${jsonText(lead.email)},` +
  `"name":${jsonText(lead.name)},"lead_id":"${leadId(lead.hex)}","account_id":"${lead.account_id}"}`
