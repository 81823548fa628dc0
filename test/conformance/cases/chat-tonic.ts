import { example } from '../examples.js'
import { rawHttp } from '../runners/raw-http.js'
import type { Substitution } from '../substitution.js'
import { needed } from '../target.js'
import type { World } from '../world.js'
import type { Answer, Case } from './case.js'
import {
  archiveFolderAnswer,
  archiveRootAnswer,
  archiveUrlAnswer,
  exportAnswer,
  funnelsAnswer,
  recordsAnswer,
} from './chat-tonic.answers.js'

/** The document shows templates of URLs and a list of headers: a request is made of the two. */
interface Template {
  endpoint: string
  shows: string
  url: string
  headers: 'lead' | 'archive'
  /** Values of the template's names. */
  fill: (world: World) => Promise<Record<string, string>> | Record<string, string>
  /** Changes beyond names. */
  more?: Substitution[]
  status: number
  answer: Answer
}

const page = { skip: '0', limit: '10' }

const templates: readonly Template[] = [
  {
    endpoint: 'GET /lead/funnels',
    shows: 'all funnels',
    url: example('chat-tonic/lead-funnels.url'),
    headers: 'lead',
    fill: () => page,
    status: 200,
    answer: funnelsAnswer,
  },
  {
    endpoint: 'GET /lead/funnels',
    shows: "an account's",
    url: example('chat-tonic/lead-funnels-of-account.url'),
    headers: 'lead',
    fill: async (world) => ({ ...page, accountId: await world.account() }),
    status: 200,
    answer: funnelsAnswer,
  },
  {
    endpoint: 'GET /lead/records',
    shows: 'records',
    url: example('chat-tonic/lead-records.url'),
    headers: 'lead',
    fill: async (world) => ({ ...page, ...(await funnelGroup(world)) }),
    status: 200,
    answer: recordsAnswer,
  },
  {
    endpoint: 'GET /lead/export',
    shows: 'an export',
    url: example('chat-tonic/lead-export.url'),
    headers: 'lead',
    fill: async (world) => ({
      ...(await funnelGroup(world)),
      exportType: 'csv',
      bot: await world.bot(),
    }),
    status: 202,
    answer: exportAnswer,
  },
  {
    endpoint: 'GET /archive/url',
    shows: 'a link',
    url: example('chat-tonic/archive-url.url'),
    headers: 'archive',
    fill: async (world) => ({
      appToken: needed(world.target, 'appToken'),
      name: await world.archiveName(),
    }),
    status: 200,
    answer: archiveUrlAnswer,
  },
  {
    endpoint: 'GET /archive/list',
    shows: 'a folder, maybe empty',
    url: example('chat-tonic/archive-list.url'),
    headers: 'archive',
    fill: () => ({}),
    status: 200,
    answer: archiveFolderAnswer,
  },
  {
    endpoint: 'GET /archive/list',
    shows: 'the root',
    url: example('chat-tonic/archive-list.url'),
    headers: 'archive',
    fill: () => ({}),
    more: [{ what: 'prefix', from: 'prefix=funnels%2F', to: 'prefix=' }],
    status: 200,
    answer: archiveRootAnswer,
  },
]

export const chatTonicCases: readonly Case[] = templates.flatMap((template): Case[] => {
  const { endpoint, url, fill, more = [], status, answer } = template
  const common = { dialect: 'Chat-Tonic', endpoint, runner: rawHttp, text: requestOf(template) } as const
  return [
    {
      ...common,
      shows: template.shows,
      prepare: async (world) => ({
        substitutions: [
          ...address(world),
          ...names(await fill(world)),
          ...more,
          ...(url.includes('{{appToken}}') ? [] : [authorized(template, world)]),
        ],
        status,
        answer,
      }),
    },
    ...(isFirstOfEndpoint(template)
      ? [
          {
            ...common,
            shows: 'no key',
            prepare: (world: World) => ({ substitutions: address(world), status: 401 }),
          },
        ]
      : []),
  ]
})

function isFirstOfEndpoint(template: Template): boolean {
  return template === templates.find(({ endpoint }) => endpoint === template.endpoint)
}

function requestOf({ url, headers }: Template): string {
  return `GET ${url} HTTP/1.1\nHost: {{baseUrl}}\n${example(`chat-tonic/${headers}.headers`)}`
}

async function funnelGroup(world: World): Promise<{ funnel: string; funnelGroup: string }> {
  const { funnel, group } = await world.funnelGroup()
  return { funnel, funnelGroup: group }
}

const address = (world: World): Substitution[] => [
  { what: 'URL', from: 'Host: {{baseUrl}}', to: `Host: ${world.recorder.host}` },
  { what: 'URL', from: '{{baseUrl}}/api/v1', to: world.path },
  { what: 'codename', from: '{{codename}}', to: needed(world.target, 'codename') },
  { what: 'quotes', from: `'application/json'`, to: 'application/json' },
]

const names = (values: Record<string, string>): Substitution[] =>
  Object.entries(values).map(([name, value]) => ({
    what: name,
    from: `{{${name}}}`,
    to: encodeURIComponent(value),
  }))

/** The list's headers have no key, though its document would be of no use without. */
const authorized = ({ headers }: Template, { target: { key } }: World): Substitution =>
  headers === 'lead'
    ? { what: 'key', from: `'Bearer ' + accessToken`, to: `Bearer ${key}` }
    : {
        what: 'key',
        from: 'Content-Type: application/json',
        to: `Content-Type: application/json\nAuthorization: Bearer ${key}`,
      }
