import { OtherInstanceError } from './instance.js'

/** A store that has not answered by then does not hold up the start. */
const PATIENCE_MS = 5000
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000

export interface InstanceWatch {
  /** Compares database and bucket once. */
  check: (signal: AbortSignal) => Promise<void>
  /** Takes why the check could not be made, once. */
  warn: (error: unknown) => void
  /** Called when the store came back and belongs to another database. */
  onOther: (error: OtherInstanceError) => void
}

/**
 * Compares database and bucket at boot. Where the store can't be asked the process starts all the same, as it would go
 * on when the store went down later, and asks again until it gets an answer.
 *
 * @throws OtherInstanceError when the answer comes at once
 */
export async function watchInstance({ check, warn, onOther }: InstanceWatch): Promise<void> {
  const ask = () => check(AbortSignal.timeout(PATIENCE_MS))
  try {
    await ask()
  } catch (error) {
    if (error instanceof OtherInstanceError) throw error
    warn(error)
    askAgain(FIRST_WAIT_MS)
  }

  function askAgain(wait: number): void {
    // Alone it keeps no process running.
    setTimeout(() => {
      ask().catch((error: unknown) => {
        if (error instanceof OtherInstanceError) onOther(error)
        else askAgain(Math.min(2 * wait, LONGEST_WAIT_MS))
      })
    }, wait).unref()
  }
}
