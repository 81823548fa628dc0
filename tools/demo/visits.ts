import {
  type DemoAccount,
  type DemoGroup,
  type Field,
  journeys,
  messenger,
  webchat,
  whatsapp,
} from './catalog.js'
import { type Micros, moment } from './clock.js'
import { interactionRows, lifetime, messageRows, objectIdAt, recordRows } from './events.js'
import { statuses } from './leads.js'
import { type Answers, lastOf, type Passes, passesOf } from './passes.js'
import { email, person, type Person } from './people.js'
import type { Random } from './prng.js'
import type { InteractionRow, LeadRow, MessageRow, MessageUserRow, Participants, RecordRow } from './rows.js'

/** A visitor of a chatbot and everything that came of the visit. */
export interface Visit {
  user: MessageUserRow
  lead: LeadRow
  interactions: InteractionRow[]
  records: RecordRow[]
  messages: MessageRow[]
}

/** Far from the numbers that addresses of the create API end in. */
const FIRST_EMAIL = 100_000

/**
 * Visitors that never end.
 * @param funnelIds the database's number of a funnel, by name
 * @param end nothing happens later
 */
export function* generateVisits(
  random: Random,
  funnelIds: ReadonlyMap<string, string>,
  end: Micros,
): Generator<Visit, never> {
  for (let n = FIRST_EMAIL; ; n++) {
    const { group, chatbot } = random.weighted(journeys)
    const account = random.weighted([
      [messenger, 45],
      [whatsapp, 35],
      [webchat, 20],
    ])
    const someone = person(random)
    const answers = answersOf(random, someone, n)
    const passes = passesOf(random, group, answers, moment(random, end), end)
    const start = passes[0][0].at
    const times = lifetime(start, lastOf(passes.at(-1) ?? passes[0]).at)
    const user = { id: objectIdAt(random, start), ...profile(random, account, someone), ...times }
    const who = { chatbot_id: chatbot.id, account_id: account.id, message_user_id: user.id }
    const place = { funnel_id: funnelIds.get(group.funnel) ?? '', funnel_group_id: group.id }
    yield {
      user,
      lead: { ...lead(random, who, user, given(group, passes, answers)), ...times },
      interactions: interactionRows(random, who, place, passes),
      records: recordRows(random, who, place, group, passes),
      messages: random.chance(0.3) ? messageRows(random, who, start) : [],
    }
  }
}

function answersOf(random: Random, { name, phone, dni }: Person, n: number): Answers {
  // People at one desk share its address; events merge nothing.
  const address = random.chance(0.03) ? 'ventas@empresa.example' : email(random, name, n)
  return { name, phone, dni, email: address, income: String(random.between(9, 120) * 100) }
}

/** The answers that were really given, by what they are. */
function given(group: DemoGroup, passes: Passes, answers: Answers): Partial<Answers> {
  const furthest = Math.max(...passes.flat().map(({ position }) => position))
  const reached = group.steps.slice(0, furthest + 1)
  const fields = reached.flatMap(({ collects }): Field[] => (collects ? [collects.field] : []))
  return Object.fromEntries(fields.map((field) => [field, answers[field]]))
}

/** What the platform tells of a person: Messenger both names, WhatsApp what they call themselves, a web page nothing. */
function profile(random: Random, { id, platform }: DemoAccount, { firstName, lastName, name }: Person) {
  const on = { account_id: id, platform }
  if (platform === messenger.platform) {
    return { ...on, external_id: random.digits(16), first_name: firstName, last_name: lastName }
  }
  if (platform === whatsapp.platform) {
    return { ...on, external_id: `51${random.digits(9)}`, first_name: name, last_name: null }
  }
  return { ...on, external_id: `web-${random.hex()}`, first_name: null, last_name: null }
}

type Profile = Pick<MessageUserRow, 'platform' | 'first_name' | 'last_name'>

function lead(random: Random, who: Participants, profile: Profile, answers: Partial<Answers>) {
  const profileName =
    [profile.first_name, profile.last_name].filter((part) => part !== null).join(' ') || null
  return {
    ...who,
    hex: random.hex(),
    name: answers.name ?? profileName,
    email: answers.email ?? null,
    email_lower: answers.email?.toLowerCase() ?? null,
    claimed_email: null,
    phone: answers.phone ?? null,
    source: profile.platform,
    status: random.weighted(statuses),
    metadata: answers.dni === undefined ? {} : { dni: answers.dni },
  }
}
