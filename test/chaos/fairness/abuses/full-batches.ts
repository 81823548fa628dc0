import { randomUUID } from 'node:crypto'
import { type Abuse, FEW_LEADS } from './abuse.js'
import { batchRequest, message } from './batch.js'
import { repeat } from './repeat.js'

const CONNECTIONS = 16
const EVENTS = 1000
const PEOPLE = 250
const HOUR_MS = 3_600_000

/** 16 batches of 1,000 events at a time: messages and interactions of 250 people within the last hour. */
export const fullBatches: Abuse = {
  leads: FEW_LEADS,
  prepare: (target, outcomes) =>
    Promise.resolve((over) =>
      repeat(CONNECTIONS, () => batchRequest(target, newEvents(Date.now() - HOUR_MS)), outcomes, over),
    ),
}

function newEvents(start: number): object[] {
  const batch = randomUUID()
  return Array.from({ length: EVENTS }, (_, n) => {
    const parts = { time: new Date(start + n * 1000), account: 'Página', user: `person-${n % PEOPLE}` }
    const event = message(`${batch}-${n}`, parts)
    return n % 2 === 0 ? event : asInteraction(event, n)
  })
}

function asInteraction({ id, time, bot, account, user }: ReturnType<typeof message>, n: number): object {
  const data = [{ name: 'DNI', cxt: String(10_000_000 + n) }]
  const place = { funnel: 'F', group: 'G', interaction: n % 4 === 1 ? 'A' : 'B' }
  return { id, type: 'interaction', time, bot, account, user, ...place, data }
}
