import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { count, type Outcome } from '../outcome.js'
import { completedExport, fileUrl } from '../exported-file.js'
import { type Abuse, MANY_LEADS } from './abuse.js'

const READERS = 120
/** Between two tries of a reader whose download was refused or cut. */
const TRY_AGAIN_MS = 250

/** 120 downloads of a large file through the gateway by readers that never read. One that is cut begins anew. */
export const stalledDownloads: Abuse = {
  leads: MANY_LEADS,
  prepare: async (target, outcomes) => {
    const id = await completedExport(target, { dataset: 'leads', format: 'ndjson' })
    return async (over) => {
      const agent = new Agent()
      over.addEventListener('abort', () => agent.destroy())
      const reader = async () => {
        while (!over.aborted) {
          const url = await fileUrl(target, id).catch(() => null)
          if (url !== null) count(outcomes, await untilCut(agent, url))
          await sleep(TRY_AGAIN_MS)
        }
      }
      await Promise.all(Array.from({ length: READERS }, reader))
    }
  },
}

/**
 * Takes the head of the answer and no byte after it, until the server or the agent ends the connection.
 * @returns `late` where no answer had come by then
 */
function untilCut(agent: Agent, url: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const outgoing = request(url, { agent })
    let outcome: Outcome = 'late'
    outgoing.on('response', (response) => {
      outcome = response.statusCode ?? 'cut'
      response.on('error', () => undefined)
      if (outcome !== 200) response.resume()
      // A paused response does not tell that its connection has ended.
      response.socket.on('close', () => outgoing.destroy())
    })
    outgoing.on('error', () => undefined)
    outgoing.on('close', () => resolve(outcome))
    outgoing.end()
  })
}
