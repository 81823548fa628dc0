import type { TestWorkspace } from '../../support/context.js'
import type { Call } from '../../support/http.js'
import { json } from '../../support/refusals.js'

/** Parameters as a query, or in a body as the text or number that is given. */
export type Parameters = Record<string, string | number>

/** An endpoint that takes a filter, and how it carries one. */
export interface FilteredEndpoint {
  name: string
  call: (workspace: TestWorkspace, parameters: Parameters) => Call
  /** What an error calls a parameter. */
  field: (name: string) => string
}

const query = (parameters: Parameters) =>
  Object.entries(parameters)
    .map(([name, value]) => `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('')
const plain = (name: string) => name

export const listEndpoints: FilteredEndpoint[] = [
  {
    name: 'GET get-leads',
    call: ({ chatbot }, parameters) => ({
      method: 'GET',
      path: `/get-leads?chatbotId=${chatbot.id}${query(parameters)}`,
    }),
    field: plain,
  },
  {
    name: 'POST get-leads',
    call: ({ chatbot }, parameters) => ({
      method: 'POST',
      path: '/get-leads',
      ...json({ chatbotId: chatbot.id, ...parameters }),
    }),
    field: plain,
  },
]

export const datedEndpoints: FilteredEndpoint[] = [
  ...listEndpoints,
  {
    name: 'exports',
    call: (_, filter) => ({
      method: 'POST',
      path: '/exports',
      ...json({ dataset: 'leads', format: 'csv', filter }),
    }),
    field: (name) => `filter.${name}`,
  },
  {
    name: 'lead/export',
    call: (_, parameters) => ({
      method: 'GET',
      path: `/demo/lead/export?funnel=funnel&funnelGroup=Group&bot=asistente&exportType=csv${query(parameters)}`,
    }),
    field: plain,
  },
]
