import type { LeadStatus } from '#leads'
import { email, person } from '../generate/people.js'
import type { Choices, Random } from '../generate/prng.js'
import { campaigns, companies, jobTitles, notes } from './texts.js'

/** What the create API is told of a lead. */
export interface SampleLead {
  name: string
  email: string
  phone: string | null
  source: string | null
  status: LeadStatus
  metadata: Record<string, unknown>
}

/** Longer than a cell of a spreadsheet (32,767 characters), and with a sign of several units where a cut may fall. */
const LONG_TEXT = 'Conversación completa, pegada por el asesor: «¿ya está?» 👨‍👩‍👧‍👦\n'.repeat(600)

const statuses: Choices<readonly [LeadStatus, number]> = [
  ['new', 46],
  ['contacted', 22],
  ['qualified', 11],
  ['follow_up', 9],
  ['lost', 8],
  ['converted', 4],
]
const sources: Choices<readonly [string | null, number]> = [
  ['website', 38],
  ['landing', 20],
  ['facebook', 14],
  ['google ads', 10],
  ['referral', 6],
  ['Feria "Expo Hogar", Lima', 3],
  ['import', 5],
  [null, 4],
]
const interests: Choices<string> = [
  'product_a',
  'product_b',
  'tarjeta oro',
  'préstamo',
  'seguro, vehicular',
  'ahorro',
]

/** Leads that never end. Their addresses differ, as the create API demands. */
export function* generateLeads(random: Random): Generator<SampleLead, never> {
  for (let n = 1; ; n++) {
    const { name, phone, dni } = person(random, random.chance(0.75) ? 'es' : 'en')
    yield {
      name,
      email: email(random, name, n),
      phone: random.chance(0.1) ? null : phone,
      source: random.weighted(sources),
      status: random.weighted(statuses),
      metadata: metadata(random, dni),
    }
  }
}

function metadata(random: Random, dni: string): Record<string, unknown> {
  const utm = random.chance(0.7) && {
    utm_source: random.pick(['google', 'facebook', 'instagram', 'tiktok', 'newsletter']),
    utm_campaign: random.pick(campaigns),
  }
  const work = random.chance(0.4) && { company: random.pick(companies), job_title: random.pick(jobTitles) }
  return {
    ...utm,
    ...work,
    ...(random.chance(0.3) && { interests: [random.pick(interests), random.pick(interests)] }),
    ...(random.chance(0.35) && { dni }),
    ...(random.chance(0.25) && { notes: random.chance(0.0008) ? LONG_TEXT : random.pick(notes) }),
    ...(random.chance(0.15) && { score: random.between(-50, 1000) / 10 }),
    ...(random.chance(0.1) && { newsletter: random.chance(0.5) }),
    ...(random.chance(0.03) && {
      address: { street: 'Av. Arequipa 1234, dpto. "B"', city: 'Lima', zip: '04001' },
    }),
  }
}
