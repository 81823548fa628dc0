import { randomUUID } from 'node:crypto'
import { type Abuse, FEW_LEADS } from './abuse.js'
import { batchRequest, message } from './batch.js'
import { repeat } from './repeat.js'

const CONNECTIONS = 4
const EVENTS = 1000
/** Longer than a name may be, so that every event is rejected and its answer may repeat what came. */
const LONG_NAME = 'x'.repeat(700)

/** Batches whose every event is rejected: their answers are kept for the replay by an Idempotency-Key. */
export const rejectedBatches: Abuse = {
  leads: FEW_LEADS,
  prepare: (target, outcomes) =>
    Promise.resolve((over) => repeat(CONNECTIONS, () => batchRequest(target, wrongEvents()), outcomes, over)),
}

function wrongEvents(): object[] {
  const batch = randomUUID()
  const parts = { time: new Date(), account: 'Página', user: 'person' }
  return Array.from({ length: EVENTS }, (_, n) => ({ ...message(`${batch}-${n}`, parts), bot: LONG_NAME }))
}
