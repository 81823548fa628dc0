import { Calendar, days, minutes } from '../generate/calendar.js'
import { chatbots } from '../generate/catalog.js'
import type { Random } from '../generate/prng.js'
import { generateLeads } from './leads.js'
import type { LeadRow } from './rows.js'

const PERIOD = days(364)

/**
 * Rows as the create API leaves them, the oldest first: on the implicit account, with a claim on the address.
 * @param end nothing happens later; milliseconds since 1970
 */
export function createdLeads(random: Random, count: number, accountId: string, end: number): LeadRow[] {
  const samples = generateLeads(random)
  const calendar = new Calendar(end - PERIOD, end)
  const times = Float64Array.from({ length: count }, () => calendar.at(random.next())).sort()
  return Array.from(times, (created): LeadRow => {
    const { value: sample } = samples.next()
    const touched =
      sample.status === 'new' ? created : Math.min(end, created + minutes(random.between(5, 9_000)))
    const emailLower = sample.email.toLowerCase()
    const time = isoTime(created)
    return {
      hex: random.hex(),
      chatbot_id: random.pick(chatbots).id,
      account_id: accountId,
      ...sample,
      email_lower: emailLower,
      claimed_email: emailLower,
      created_at: time,
      updated_at: isoTime(touched),
      ingested_at: time,
    }
  })
}

/** ISO-8601 with microseconds, as PostgreSQL keeps time: milliseconds with a fraction have them. */
function isoTime(time: number): string {
  const whole = Math.floor(time)
  const micros = Math.floor((time - whole) * 1000)
  return new Date(whole).toISOString().slice(0, -1) + String(micros).padStart(3, '0') + 'Z'
}
