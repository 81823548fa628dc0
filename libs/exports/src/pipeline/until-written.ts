import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '#core'
import { judge } from './faults.js'

const RETRY_MS = 500

/**
 * Repeats how work ended until the database has answered: an outage that ends work is often not over when its end is
 * written down, and what is not written down looks like a worker that was lost. Also while the worker drains, because
 * nothing but the end of the process makes it useless.
 *
 * @param write may be repeated: it is fenced, or changes nothing the second time
 * @throws what is no outage, at once, and an outage that outlasts EXPORT_GIVE_UP_SECONDS
 */
export async function untilWritten<T>(
  write: () => Promise<T>,
  { EXPORT_GIVE_UP_SECONDS }: Pick<Config, 'EXPORT_GIVE_UP_SECONDS'>,
): Promise<T> {
  const deadline = performance.now() + EXPORT_GIVE_UP_SECONDS * 1000
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (judge(error).reason !== 'database_unavailable' || performance.now() > deadline) throw error
      await sleep(RETRY_MS)
    }
  }
}
