import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { count, type Outcomes } from '../outcome.js'
import { type Outgoing, send } from '../send.js'

/** A server that is gone is asked again after this long, so that the client does not spin. */
const AFTER_A_CUT_MS = 50

/** Sends requests over so many connections, each as soon as the one before it was answered, whatever the answer was. */
export async function repeat(
  connections: number,
  next: (turn: number) => Outgoing,
  outcomes: Outcomes,
  over: AbortSignal,
): Promise<void> {
  const agent = new Agent({ keepAlive: true })
  let turn = 0
  const line = async () => {
    while (!over.aborted) {
      const outcome = await send(agent, next(turn++))
      count(outcomes, outcome)
      if (outcome === 'cut') await sleep(AFTER_A_CUT_MS)
    }
  }
  await Promise.all(Array.from({ length: connections }, line))
  agent.destroy()
}
