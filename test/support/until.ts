import { setTimeout as sleep } from 'node:timers/promises'

type Perhaps<T> = T | null | undefined | false

/** Asks until the answer is there. @throws Error after 20 seconds, with what was waited for */
export async function until<T>(what: string, ask: () => Perhaps<T> | Promise<Perhaps<T>>): Promise<T> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (Date.now() > deadline) throw new Error(`waited 20 s for ${what}`)
    await sleep(50)
  }
}
