import { chatbots } from './catalog.js'
import { type Micros, minutes, moment } from './clock.js'
import { lifetime } from './events.js'
import { generateLeads } from './leads.js'
import type { Random } from './prng.js'
import type { LeadRow } from './rows.js'

/**
 * Rows as the create API leaves them: on the implicit account, with a claim on the address.
 * @param end nothing happens later
 */
export function createdLeads(random: Random, count: number, accountId: string, end: Micros): LeadRow[] {
  const samples = generateLeads(random)
  return Array.from({ length: count }, (): LeadRow => {
    const { value: sample } = samples.next()
    const created = moment(random, end)
    const touched =
      sample.status === 'new' ? created : Math.min(end, created + minutes(random.between(5, 9_000)))
    const emailLower = sample.email.toLowerCase()
    return {
      hex: random.hex(),
      chatbot_id: random.pick(chatbots).id,
      account_id: accountId,
      message_user_id: null,
      ...sample,
      email_lower: emailLower,
      claimed_email: emailLower,
      ...lifetime(created, touched),
    }
  })
}
