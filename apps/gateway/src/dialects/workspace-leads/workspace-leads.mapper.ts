import { AppError, inMilliseconds, leadId } from '#core'
import type { LeadPatch, LeadRow, ListedLead } from '#leads'
import { jsonList, jsonText } from '../../http/json-list.js'
import type { LeadListAnswer } from './workspace-lead-list.schema.js'
import type { LeadAnswer, LeadPatchBody, WorkspaceLead } from './workspace-leads.schema.js'

/** A lead as the workspace API writes it. */
export const workspaceLead = (lead: LeadRow): WorkspaceLead => ({
  id: leadId(lead.hex),
  name: lead.name,
  email: lead.email,
  phone: lead.phone,
  source: lead.source,
  status: lead.status,
  metadata: lead.metadata,
  createdAt: inMilliseconds(lead.created_at),
  updatedAt: inMilliseconds(lead.updated_at),
  workspaceId: lead.workspace_id,
})

/** A page of leads as JSON. Metadata is passed on as it came: to read and write it again is most of what a page costs. */
export function leadListJson(leads: readonly ListedLead[], pagination: LeadListAnswer['pagination']): Buffer {
  const end = Buffer.from(`,"pagination":${JSON.stringify(pagination)}}`)
  return Buffer.concat([DATA, jsonList(leads.map(workspaceLeadJson)), end])
}

const DATA = Buffer.from('{"success":true,"data":')

/** What `workspaceLead` makes, as JSON. */
const workspaceLeadJson = (lead: ListedLead): string =>
  `{"id":"${leadId(lead.hex)}","name":${jsonText(lead.name)},"email":${jsonText(lead.email)},` +
  `"phone":${jsonText(lead.phone)},"source":${jsonText(lead.source)},"status":"${lead.status}",` +
  `"metadata":${lead.metadata},"createdAt":"${inMilliseconds(lead.created_at)}",` +
  `"updatedAt":"${inMilliseconds(lead.updated_at)}","workspaceId":"${lead.workspace_id}"}`

export const leadAnswerOf = (lead: LeadRow): LeadAnswer => ({ success: true, data: workspaceLead(lead) })

/** @throws AppError 400 for a body that changes nothing */
export function leadPatch(body: LeadPatchBody): LeadPatch {
  if (Object.keys(body).length > 0) return body
  throw new AppError('VALIDATION_ERROR', { message: 'Must have a field to change' })
}
