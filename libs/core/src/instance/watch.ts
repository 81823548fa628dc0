import { OtherInstanceError } from './instance.js'
import { UnreadableMarkerError } from './marker.js'

/** A store that has not answered by then does not hold up the start. */
const PATIENCE_MS = 5000
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
const WARN_EVERY_MS = 60_000

/** What the store answered, and asking again does not mend. */
type Refusal = OtherInstanceError | UnreadableMarkerError

export interface InstanceWatch {
  /** Compares database and bucket once. */
  check: (signal: AbortSignal) => Promise<void>
  /** Takes why the check could not be made: at once, and about every minute while it can't. */
  warn: (error: unknown) => void
  /** Called when the store came back and belongs to another database, or does not say to which. */
  onOther: (error: Refusal) => void
}

/**
 * Compares database and bucket at boot. Where the store can't be asked the process starts all the same, as it would go
 * on when the store went down later, and asks again until it gets an answer.
 *
 * @throws OtherInstanceError, UnreadableMarkerError when the answer comes at once
 */
export async function watchInstance({ check, warn, onOther }: InstanceWatch): Promise<void> {
  const ask = () => check(AbortSignal.timeout(PATIENCE_MS))
  let toldAt = 0
  try {
    await ask()
  } catch (error) {
    if (isRefusal(error)) throw error
    tell(error)
    askAgain(FIRST_WAIT_MS)
  }

  function tell(error: unknown): void {
    toldAt = performance.now()
    warn(error)
  }

  function askAgain(wait: number): void {
    // Alone it keeps no process running.
    setTimeout(() => {
      ask().catch((error: unknown) => {
        if (isRefusal(error)) return onOther(error)
        if (performance.now() - toldAt >= WARN_EVERY_MS) tell(error)
        askAgain(Math.min(2 * wait, LONGEST_WAIT_MS))
      })
    }, wait).unref()
  }
}

const isRefusal = (error: unknown): error is Refusal =>
  error instanceof OtherInstanceError || error instanceof UnreadableMarkerError
