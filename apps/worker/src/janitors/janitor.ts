/** Seconds between two runs of a janitor, over all workers, and what the lock of a pace is known by. */
export const paces = {
  everyRound: { seconds: 0, lock: 1 },
  hourly: { seconds: 3600, lock: 2 },
  daily: { seconds: 86_400, lock: 3 },
} as const
export type Pace = keyof typeof paces

/** A duty that is done again and again, by one worker at a time. */
export interface Janitor {
  /** Its name in logs, metrics and the table of janitors. */
  readonly name: string
  /**
   * Those of one pace go one after another; the paces do not wait for each other. One of every round ends within seconds
   * and goes on in the next: work is announced in turn with it.
   */
  readonly pace: Pace
  /**
   * Does what there is to do now, and answers how much that was.
   * @param signal asks it to end early, at the next place where it can
   */
  run(signal: AbortSignal): Promise<number>
}

/** Does work in pieces until a piece finds nothing to do, or it is asked to end. @returns how much was done */
export async function inPieces(signal: AbortSignal, piece: () => Promise<number>): Promise<number> {
  let total = 0
  while (!signal.aborted) {
    const done = await piece()
    if (done === 0) break
    total += done
  }
  return total
}
