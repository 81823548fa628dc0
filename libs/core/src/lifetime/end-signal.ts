/**
 * Aborted by the first SIGTERM or SIGINT. From its call on neither ends the process by itself, so that a second one
 * can't cut short what the first one asked for.
 */
export function endSignal(): AbortSignal {
  const end = new AbortController()
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => end.abort())
  return end.signal
}

/** While `work` has begun nothing that would have to be ended in order, the signal ends the process, with code 0. */
export async function endableAtOnce<T>(ending: AbortSignal, work: () => Promise<T>): Promise<T> {
  const exit = () => process.exit(0)
  if (ending.aborted) exit()
  ending.addEventListener('abort', exit)
  try {
    return await work()
  } finally {
    ending.removeEventListener('abort', exit)
  }
}
