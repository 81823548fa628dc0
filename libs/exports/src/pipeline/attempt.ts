import { type Config, withJoinedSignal } from '#core'
import { judge, type Verdict } from './faults.js'
import { Heartbeat, StoppedError } from './heartbeat.js'

/** How a try at claimed work ended. */
export type AttemptEnd<T> =
  | { how: 'done'; result: T }
  /** The claim is another's now, or was taken back. */
  | { how: 'fenced'; error: unknown }
  /** The worker shuts down. */
  | { how: 'draining' }
  | { how: 'fault'; error: unknown; verdict: Verdict }

export interface Terms {
  /** Renews the lease; false when the claim is no longer ours. */
  renew: () => Promise<boolean>
  /** Aborted when the worker shuts down. */
  draining: AbortSignal
  config: Pick<Config, 'EXPORT_LEASE_SECONDS' | 'EXPORT_MAX_SECONDS'>
}

/** Does claimed work under a heartbeat, and says how it ended. Never throws for a fault of the work. */
export async function attempt<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { renew, draining, config }: Terms,
): Promise<AttemptEnd<T>> {
  const heartbeat = new Heartbeat(renew, config)
  try {
    return { how: 'done', result: await withJoinedSignal([heartbeat.signal, draining], work) }
  } catch (error) {
    // What stopped the work shows in it as a broken connection or an aborted call.
    const stopped = heartbeat.stopped ?? (draining.aborted ? 'draining' : reasonOf(error))
    if (stopped === 'fenced') return { how: 'fenced', error }
    if (stopped === 'draining') return { how: 'draining' }
    const verdict: Verdict =
      stopped === 'timed_out' ? { action: 'put_off', reason: 'timed_out' } : judge(error)
    return { how: 'fault', error, verdict }
  } finally {
    heartbeat.stop()
  }
}

const reasonOf = (error: unknown) => (error instanceof StoppedError ? error.reason : undefined)
