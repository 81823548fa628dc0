import { setTimeout as sleep } from 'node:timers/promises'
import type { GuardedServer } from './guarded-server.js'

/**
 * Asks until the server says it is ready, has ended, or time is up.
 * @returns nothing when it is ready, else the end of a sentence on what became of it
 */
export async function untilReady(
  server: GuardedServer,
  isReady: () => Promise<boolean>,
  withinMs: number,
): Promise<string | undefined> {
  let ended: string | undefined
  void server.exited.then((how) => (ended = how))
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline) {
    if (ended !== undefined) return ended
    if (await isReady()) return undefined
    await sleep(20)
  }
  return `was not ready within ${withinMs / 1000} seconds`
}
