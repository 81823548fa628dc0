import { type Dataset, datasets } from '#leads'
import type { Json } from '../../support/api/client.js'
import type { TestWorkspace } from '../../support/context.js'
import type { Call } from '../../support/api/http.js'
import { json } from '../../support/api/refusals.js'

/** Parameters as a query, or in a body as the text or number that is given. */
export type Parameters = Record<string, string | number>

/** An endpoint that takes a filter, and how it carries one. */
export interface FilteredEndpoint {
  name: string
  call: (workspace: TestWorkspace, parameters: Parameters) => Call
  /** What an error calls a parameter. */
  field: (name: string) => string
}

/** An endpoint that lists, what it calls its place and its size, and where its answer has them. */
export interface ListEndpoint extends FilteredEndpoint {
  place: { name: 'page' | 'skip'; min: number }
  size: 'size' | 'limit'
  rows: (body: Json) => number
  sizeOf: (body: Json) => number
  next: (body: Json) => string
}

const query = (parameters: Parameters) =>
  Object.entries(parameters)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
const plain = (name: string) => name

/** A GET that has everything in its query. */
const inQuery =
  (
    path: (workspace: TestWorkspace) => string,
    fixed: (workspace: TestWorkspace) => Parameters = () => ({}),
  ): FilteredEndpoint['call'] =>
  (workspace, parameters) => ({
    method: 'GET',
    path: `${path(workspace)}?${query({ ...fixed(workspace), ...parameters })}`,
  })

const byPage = {
  field: plain,
  place: { name: 'page', min: 1 },
  size: 'size',
  rows: (body: Json) => (body.data as unknown[]).length,
  sizeOf: (body: Json) => body.pagination.size as number,
  next: (body: Json) => body.pagination.next as string,
} as const

const bySkip = {
  field: plain,
  place: { name: 'skip', min: 0 },
  size: 'limit',
  rows: (body: Json) => Object.keys((body.objects ?? body.funnels) as object).length,
  sizeOf: (body: Json) => body.limit as number,
  next: (body: Json) => body.next as string,
} as const

const group = { funnel: 'funnel', funnelGroup: 'Group' }
const chatTonic =
  (endpoint: string) =>
  ({ workspace }: TestWorkspace) =>
    `/${workspace.codename}/lead/${endpoint}`

const postGetLeads: ListEndpoint = {
  ...byPage,
  name: 'POST get-leads',
  call: ({ chatbot }, parameters) => ({
    method: 'POST',
    path: '/get-leads',
    ...json({ chatbotId: chatbot.id, ...parameters }),
  }),
}
const records: ListEndpoint = { ...bySkip, name: 'records', call: inQuery(chatTonic('records'), () => group) }

export const leadLists: ListEndpoint[] = [
  { ...byPage, name: 'leads', call: inQuery(({ chatbot }) => `/chatbots/${chatbot.id}/leads`) },
  { ...byPage, name: 'leads (alias)', call: inQuery(() => '/leads') },
]
const ofWorkspace =
  (endpoint: string) =>
  ({ workspace }: TestWorkspace) =>
    `/${workspace.codename}/${endpoint}`

const messageUsers: ListEndpoint = {
  ...byPage,
  name: 'message users',
  call: inQuery(ofWorkspace('message-users')),
}
const messages: ListEndpoint = { ...byPage, name: 'messages', call: inQuery(ofWorkspace('messages')) }
export const interactions: ListEndpoint = {
  ...byPage,
  name: 'interactions',
  call: inQuery(ofWorkspace('interactions')),
}

/** Lists that a message user chooses from. */
export const eventLists: ListEndpoint[] = [messages, interactions]
/** Lists of conversations. */
export const conversationLists: ListEndpoint[] = [messageUsers, ...eventLists]
/** Lists that dates choose from. */
export const datedLists: ListEndpoint[] = [
  {
    ...byPage,
    name: 'GET get-leads',
    call: inQuery(
      () => '/get-leads',
      ({ chatbot }) => ({ chatbotId: chatbot.id }),
    ),
  },
  postGetLeads,
  ...leadLists,
  records,
  ...conversationLists,
]
export const listEndpoints: ListEndpoint[] = [
  ...datedLists,
  { ...bySkip, name: 'funnels', call: inQuery(chatTonic('funnels')) },
  { ...byPage, name: 'exports list', call: inQuery(() => '/exports') },
]

/** A new export of a dataset, by a filter. */
export const exportOf = (dataset: Dataset): FilteredEndpoint => ({
  name: `exports of ${dataset}`,
  call: (_, filter) => ({ method: 'POST', path: '/exports', ...json({ dataset, format: 'csv', filter }) }),
  field: (name) => `filter.${name}`,
})

export const datedEndpoints: FilteredEndpoint[] = [
  ...datedLists,
  ...datasets.map(exportOf),
  {
    name: 'lead/export',
    call: inQuery(chatTonic('export'), () => ({ ...group, bot: 'asistente', exportType: 'csv' })),
    field: plain,
  },
]
