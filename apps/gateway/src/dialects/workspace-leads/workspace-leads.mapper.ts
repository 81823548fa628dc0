import { AppError, inMilliseconds, leadId } from '#core'
import type { LeadPatch, LeadRow } from '#leads'
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

export const leadAnswerOf = (lead: LeadRow): LeadAnswer => ({ success: true, data: workspaceLead(lead) })

/** @throws AppError 400 for a body that changes nothing */
export function leadPatch(body: LeadPatchBody): LeadPatch {
  if (Object.keys(body).length > 0) return body
  throw new AppError('VALIDATION_ERROR', { message: 'Must have a field to change' })
}
