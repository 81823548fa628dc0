import { setTimeout as sleep } from 'node:timers/promises'
import { NoConnectionError } from './no-connection.js'

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 2000
const TELL_EVERY_MS = 10_000

/**
 * Connects to a database, which may come up later than whoever needs it: tries until it is there.
 *
 * @param tell takes what is missing in one line, at once and then every ten seconds
 * @throws whatever `connect` threw that waiting does not mend
 */
export async function whenThere<T>(connect: () => Promise<T>, tell: (line: string) => void): Promise<T> {
  let toldAt: number | undefined
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return await connect()
    } catch (error) {
      if (!(error instanceof NoConnectionError && error.absent)) throw error
      const now = performance.now()
      if (toldAt === undefined || now - toldAt >= TELL_EVERY_MS) {
        tell(`waiting for the database. ${error.message}`)
        toldAt = now
      }
    }
    await sleep(wait)
  }
}
