import type { Refusals } from '../../support/api/refusals.js'

/** An endpoint that reads a JSON body, and a body that it would take. */
export interface BodyEndpoint {
  name: string
  method: 'GET' | 'POST' | 'PATCH'
  path: (gateway: Refusals) => string
  valid: Record<string, unknown>
  /** A field of text, at the top level. */
  text: string
}

const lead = { name: 'John Doe', email: 'john.doe@example.com' }

export const nestedCreate: BodyEndpoint = {
  name: 'create lead',
  method: 'POST',
  path: ({ demo }) => `/chatbots/${demo.chatbot.id}/leads`,
  valid: lead,
  text: 'name',
}
export const aliasCreate: BodyEndpoint = {
  name: 'create lead (alias)',
  method: 'POST',
  path: () => '/leads',
  valid: lead,
  text: 'name',
}
export const nestedPatch: BodyEndpoint = {
  name: 'change lead',
  method: 'PATCH',
  path: ({ demo, leadId }) => `/chatbots/${demo.chatbot.id}/leads/${leadId}`,
  valid: lead,
  text: 'name',
}
export const aliasPatch: BodyEndpoint = {
  name: 'change lead (alias)',
  method: 'PATCH',
  path: ({ leadId }) => `/leads/${leadId}`,
  valid: lead,
  text: 'name',
}
export const getLeads: BodyEndpoint[] = (['GET', 'POST'] as const).map((method) => ({
  name: `${method} get-leads`,
  method,
  path: () => '/get-leads',
  valid: { chatbotId: 'cb_1234567890abcdef' },
  text: 'chatbotId',
}))
export const newExport: BodyEndpoint = {
  name: 'exports',
  method: 'POST',
  path: () => '/exports',
  valid: { dataset: 'leads', format: 'csv' },
  text: 'timeZone',
}

export const newArchiveBuild: BodyEndpoint = {
  name: 'archive/build',
  method: 'POST',
  path: ({ demo }) => `/${demo.workspace.codename}/archive/build`,
  valid: { from: '2025-05-01', to: '2025-05-02' },
  text: 'from',
}

export const creates = [nestedCreate, aliasCreate]
export const patches = [nestedPatch, aliasPatch]
export const bodyEndpoints = [...creates, ...patches, ...getLeads, newExport, newArchiveBuild]
