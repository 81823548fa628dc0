/**
 * Does work under a signal that is aborted with the first of several, and lets go of them when the work has ended.
 *
 * AbortSignal.any does not in Node 20: each signal that it makes leaves a weak reference in the signals that it was made
 * of, and stays alive for ever when something still listens to it. A process that makes one for each job gains memory with
 * each job.
 *
 * @param signals may live much longer than the work
 */
export async function withJoinedSignal<T>(
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const joined = new AbortController()
  const abort = () => joined.abort(signals.find(({ aborted }) => aborted)?.reason)
  if (signals.some(({ aborted }) => aborted)) abort()
  for (const signal of signals) signal.addEventListener('abort', abort)
  try {
    return await work(joined.signal)
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', abort)
  }
}
