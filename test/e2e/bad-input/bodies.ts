import type { TestWorkspace } from '../../support/context.js'

/** An endpoint that reads a JSON body, and a body that it would take. */
export interface BodyEndpoint {
  name: string
  method: 'GET' | 'POST'
  path: (workspace: TestWorkspace) => string
  valid: Record<string, unknown>
  /** A field of text, at the top level. */
  text: string
}

const lead = { name: 'John Doe', email: 'john.doe@example.com' }

export const nestedCreate: BodyEndpoint = {
  name: 'create lead',
  method: 'POST',
  path: ({ chatbot }) => `/chatbots/${chatbot.id}/leads`,
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

export const creates = [nestedCreate, aliasCreate]
export const bodyEndpoints = [...creates, ...getLeads, newExport]
