import { example } from '../examples.js'
import { curl } from '../runners/curl.js'
import { fetchSnippet } from '../runners/fetch.js'
import { python } from '../runners/python.js'
import { rawHttp } from '../runners/raw-http.js'
import type { Runner } from '../runners/runner.js'
import type { Substitution } from '../substitution.js'
import { needed } from '../target.js'
import type { World } from '../world.js'
import type { Answer, Case } from './case.js'
import { pythonIndentation } from './python-indentation.js'

/** What the document's examples have in common. */
const printed = { email: 'john.doe@example.com', key: 'sk-workspace_your_api_key' }

interface CreateExample {
  endpoint: string
  runner: Runner
  text: string
  /** All but key and email. */
  address: (world: World) => Substitution[]
  /** What its answer has otherwise than the document's. */
  answer: Substitution[]
}

const NESTED = 'POST /chatbots/{id}/leads'
const ALIAS = 'POST /leads'
const url = (world: World): Substitution => ({
  what: 'URL',
  from: 'https://your-domain.com/api/v1',
  to: world.base,
})
/** The examples send less metadata than the example response has. */
const lessMetadata: Substitution[] = [
  {
    what: 'answer: metadata as sent',
    from: '"utm_campaign": "spring_2024",\n"interests": ["product_a", "product_b"],\n',
    to: '',
  },
  { what: 'answer: metadata as sent', from: ',\n"job_title": "Marketing Manager"', to: '' },
]

const createExamples: readonly CreateExample[] = [
  {
    endpoint: NESTED,
    runner: curl,
    text: example('workspace/create-lead.curl'),
    address: (world) => [
      url(world),
      { what: 'chatbotId', from: 'cb_1234567890abcdef', to: needed(world.target, 'chatbot') },
    ],
    answer: lessMetadata,
  },
  {
    endpoint: ALIAS,
    runner: fetchSnippet,
    text: example('workspace/create-lead.fetch'),
    address: (world) => [url(world)],
    answer: lessMetadata,
  },
  {
    endpoint: ALIAS,
    runner: python,
    text: example('workspace/create-lead.python'),
    address: (world) => [...pythonIndentation, url(world)],
    answer: lessMetadata,
  },
  {
    endpoint: NESTED,
    runner: rawHttp,
    // The document has endpoint and payload apart, and the headers in its other examples.
    text: [
      `${example('workspace/create-lead.endpoint')} HTTP/1.1`,
      'Host: ${baseUrl}',
      `Authorization: Bearer ${printed.key}`,
      'Content-Type: application/json',
      '',
      example('workspace/create-lead.payload'),
    ].join('\n'),
    address: (world) => [
      { what: 'URL', from: 'Host: ${baseUrl}', to: `Host: ${world.recorder.host}` },
      { what: 'URL', from: '${baseUrl}/api/v1', to: world.path },
      { what: 'chatbotId', from: '{chatbotId}', to: needed(world.target, 'chatbot') },
    ],
    answer: [],
  },
]

const key = (world: World): Substitution => ({ what: 'key', from: printed.key, to: world.target.key })
const email = (to: string): Substitution => ({ what: 'email', from: printed.email, to })

const created = (answer: Substitution[]): Answer => ({
  text: example('workspace/create-lead.answer'),
  substitutions: answer,
  rules: {
    same: ['success', ...['name', 'email', 'phone', 'source', 'status', 'metadata'].map((f) => `data.${f}`)],
  },
})
/** An error that the document shows to the letter. */
const refused = (file: string, substitutions: Substitution[] = []): Answer => ({
  text: example(`workspace/${file}.answer`),
  substitutions,
  rules: { same: [''] },
})

export const workspaceLeadsCases: readonly Case[] = createExamples.flatMap(
  ({ endpoint, runner, text, address, answer }): Case[] => {
    const common = { dialect: 'Workspace', endpoint, runner, text } as const
    return [
      {
        ...common,
        shows: 'a new lead',
        prepare: (world) => {
          const newEmail = email(world.newEmail())
          return {
            substitutions: [...address(world), key(world), newEmail],
            status: 201,
            answer: created([...answer, newEmail]),
          }
        },
      },
      {
        ...common,
        shows: 'taken email',
        prepare: async (world) => {
          const lead = await world.lead()
          const id = { what: 'answer: existingLeadId', from: 'lead_existing123', to: lead.id }
          return {
            substitutions: [...address(world), key(world), email(lead.email)],
            status: 409,
            answer: refused('duplicate-email', [email(lead.email), id]),
          }
        },
      },
      {
        ...common,
        shows: 'invalid email',
        prepare: (world) => ({
          substitutions: [...address(world), key(world), email('invalid-email')],
          status: 400,
          answer: refused('validation-error'),
        }),
      },
      {
        ...common,
        shows: 'no key',
        prepare: (world) => ({ substitutions: address(world), status: 401 }),
      },
    ]
  },
)
