import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { count } from '../outcome.js'
import { send } from '../send.js'
import { type Abuse, FEW_LEADS } from './abuse.js'
import { batchRequest, message } from './batch.js'

const REQUESTS = 5
const EVENTS = 1000
const DAY_MS = 86_400_000
/** Between two tries of a request that was refused. */
const TRY_AGAIN_MS = 1000

/** 5,000 accounts made by five requests with an event each for yesterday: its archives have a file for each account. */
export const accounts: Abuse = {
  leads: FEW_LEADS,
  prepare: (target, outcomes) =>
    Promise.resolve(async (over) => {
      const agent = new Agent({ keepAlive: true })
      for (let done = 0; done < REQUESTS && !over.aborted;) {
        const outcome = await send(agent, batchRequest(target, eventsOfNewAccounts()))
        count(outcomes, outcome)
        if (outcome === 200) done++
        else await sleep(TRY_AGAIN_MS)
      }
      agent.destroy()
    }),
}

function eventsOfNewAccounts(): object[] {
  const batch = randomUUID()
  const time = new Date(Date.now() - DAY_MS)
  return Array.from({ length: EVENTS }, (_, n) =>
    message(`${batch}-${n}`, { time, account: `Página ${batch} ${n}`, user: `person-${n}` }),
  )
}
