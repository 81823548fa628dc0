import { AppError, inMilliseconds, leadId } from '#core'
import type { LeadPatch, LeadRow, ListedLead } from '#leads'
import type { LeadListAnswer } from './workspace-lead-list.schema.js'
import type { LeadAnswer, LeadPatchBody, WorkspaceLead } from './workspace-leads.schema.js'

type AnyLead = Omit<LeadRow, 'metadata'>

/** A lead as the workspace API writes it. */
export const workspaceLead = (lead: LeadRow): WorkspaceLead => ({
  ...beforeMetadata(lead),
  metadata: lead.metadata,
  ...afterMetadata(lead),
})

const beforeMetadata = ({ hex, name, email, phone, source, status }: AnyLead) => ({
  id: leadId(hex),
  name,
  email,
  phone,
  source,
  status,
})

const afterMetadata = ({ created_at, updated_at, workspace_id }: AnyLead) => ({
  createdAt: inMilliseconds(created_at),
  updatedAt: inMilliseconds(updated_at),
  workspaceId: workspace_id,
})

/** A page of leads as JSON. Metadata is passed on as it came: to read and write it again is most of what a page costs. */
export function leadListJson(leads: readonly ListedLead[], pagination: LeadListAnswer['pagination']): string {
  const data = leads.map((lead) => {
    const [before, after] = [JSON.stringify(beforeMetadata(lead)), JSON.stringify(afterMetadata(lead))]
    return `${before.slice(0, -1)},"metadata":${lead.metadata},${after.slice(1)}`
  })
  return `{"success":true,"data":[${data.join(',')}],"pagination":${JSON.stringify(pagination)}}`
}

export const leadAnswerOf = (lead: LeadRow): LeadAnswer => ({ success: true, data: workspaceLead(lead) })

/** @throws AppError 400 for a body that changes nothing */
export function leadPatch(body: LeadPatchBody): LeadPatch {
  if (Object.keys(body).length > 0) return body
  throw new AppError('VALIDATION_ERROR', { message: 'Must have a field to change' })
}
