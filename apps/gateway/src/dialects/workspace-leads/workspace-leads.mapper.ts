import { leadId } from '#core'
import type { LeadRow } from '#leads'
import type { WorkspaceLead } from './workspace-leads.schema.js'

/** A lead as the workspace API writes it. */
export const workspaceLead = (lead: LeadRow): WorkspaceLead => ({
  id: leadId(lead.hex),
  name: lead.name,
  email: lead.email,
  phone: lead.phone,
  source: lead.source,
  status: lead.status,
  metadata: lead.metadata,
  createdAt: lead.created_at.toISOString(),
  updatedAt: lead.updated_at.toISOString(),
  workspaceId: lead.workspace_id,
})
