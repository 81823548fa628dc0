import { example } from '../examples.js'
import type { Substitution } from '../substitution.js'
import { needed } from '../target.js'
import type { World } from '../world.js'
import type { Answer, Case, Prepared } from './case.js'
import { type Language, languages } from './languages.js'

/** What the examples ask for, as they are printed. */
const printed = {
  chatbotId: '[Your Chatbot ID]',
  startDate: '2023-01-01',
  endDate: '2023-12-12',
  page: '1',
  size: '10',
}
type Parameters = typeof printed
const queryOf = (parameters: Parameters): string =>
  `?${new URLSearchParams(parameters).toString().replaceAll('+', '%20')}`

interface Variation {
  shows: string
  status: number
  /** Printed ones that are kept, or others in their place. */
  but: (parameters: Parameters) => Parameters
  withKey: boolean
}
const asTheyAre = (parameters: Parameters) => parameters
const found: Variation = { shows: 'a list', status: 200, but: asTheyAre, withKey: true }
const accepted: Variation = { ...found, status: 202 }
const refused: Variation[] = [
  { shows: 'no key', status: 401, but: asTheyAre, withKey: false },
  // The form that the documents themselves warn of.
  { shows: 'bad date', status: 400, but: (p) => ({ ...p, startDate: '2023-7-10' }), withKey: true },
  {
    shows: 'unknown chatbot',
    status: 404,
    but: (p) => ({ ...p, chatbotId: printed.chatbotId }),
    withKey: true,
  },
]

/** A document, and in which ways its examples are sent. */
interface Document {
  dialect: 'Chatbase' | 'Chatzuri'
  folder: string
  site: string
  method: 'GET' | 'POST'
  variations: Variation[]
}
const chatbase = { dialect: 'Chatbase', folder: 'chatbase', site: 'www.chatbase.co' } as const
const chatzuri = { dialect: 'Chatzuri', folder: 'chatzuri', site: 'www.chatzuri.com' } as const
const documents: readonly Document[] = [
  { ...chatbase, method: 'GET', variations: [found, ...refused] },
  // As its examples are printed, and as its text has it.
  { ...chatzuri, method: 'GET', variations: [found] },
  { ...chatzuri, method: 'POST', variations: [accepted, ...refused] },
]

export const getLeadsCases: readonly Case[] = documents.flatMap((document) =>
  document.variations.flatMap((variation) =>
    languages.map((language) => caseOf(document, variation, language)),
  ),
)

function caseOf(document: Document, variation: Variation, language: Language): Case {
  const { dialect, folder, method } = document
  return {
    dialect,
    endpoint: `${method} /get-leads`,
    shows: variation.shows,
    runner: language.runner,
    text: example(`${folder}/get-leads.${language.runner.name}`),
    prepare: async (world): Promise<Prepared> => {
      const { key } = world.target
      const parameters = variation.but(await listedIn(world))
      const authorization = language.header('key', 'Authorization', `Bearer ${key}`)
      return {
        substitutions: [
          ...(method === 'GET' ? inQuery(parameters) : inBody(parameters, document, language)),
          ...(variation.withKey ? [authorization] : []),
          ...language.address(document.site, world),
        ],
        status: variation.status,
        answer: variation.status < 300 ? answerOf(folder) : undefined,
      }
    },
  }
}

/** What finds the lead that was just made: the printed year is over. */
async function listedIn(world: World): Promise<Parameters> {
  const { day } = await world.lead()
  return { ...printed, chatbotId: needed(world.target, 'chatbot'), endDate: day }
}

const inQuery = (parameters: Parameters): Substitution[] =>
  (['chatbotId', 'startDate', 'endDate'] as const).map((name) => ({
    what: name,
    from: `${name}=${encodeURIComponent(printed[name])}`,
    to: `${name}=${encodeURIComponent(parameters[name])}`,
  }))

const inBody = (parameters: Parameters, { site }: Document, { header, post }: Language): Substitution[] => [
  { what: 'no query', from: queryOf(printed), to: '' },
  ...post(site, JSON.stringify(parameters)),
  header('content type', 'Content-Type', 'application/json'),
]

const answerOf = (folder: string): Answer => ({
  text: example(`${folder}/get-leads.answer`),
  // A lead of a conversation may have left none of them.
  rules: {
    nullable: ['phone', 'email', 'name'].flatMap((field) => [
      `data[].${field}`,
      `collectedCustomers[].${field}`,
    ]),
  },
  // The list's other name, which only the status codes mention.
  prose: (answer) => ({ ...answer, collectedCustomers: answer['data'] }),
})
