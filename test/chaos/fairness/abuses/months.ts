import { randomUUID } from 'node:crypto'
import { type Abuse, FEW_LEADS } from './abuse.js'
import { batchRequest, message } from './batch.js'
import { repeat } from './repeat.js'

const MONTHS = 322

/** 322 events of 322 months in one request, again and again: months are partitions of the tables of every tenant. */
export const months: Abuse = {
  leads: FEW_LEADS,
  prepare: (target, outcomes) =>
    Promise.resolve((over) => repeat(1, () => batchRequest(target, oldEvents()), outcomes, over)),
}

function oldEvents(): object[] {
  const batch = randomUUID()
  const now = new Date()
  return Array.from({ length: MONTHS }, (_, n) => {
    const time = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - n, 1))
    return message(`${batch}-${n}`, { time, account: 'Página', user: 'person' })
  })
}
