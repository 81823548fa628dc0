/**
 * Whether `work` ended, well or not, within the time: for what must not hold the process up.
 *
 * @param ms milliseconds
 */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const ended = work.then(
    () => true,
    () => true,
  )
  try {
    return await Promise.race([ended, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * What a process stands on is closed at its end: what fails at it, or takes longer, is logged and holds up nothing.
 *
 * @param ms milliseconds
 */
export async function closed(
  ms: number,
  parts: readonly Promise<unknown>[],
  logger: { warn(about: object, message: string): void },
): Promise<void> {
  const tell = ({ message: problem }: Error) => logger.warn({ problem }, 'a part could not be closed')
  const all = Promise.all(parts.map((part) => part.catch(tell)))
  if (!(await within(ms, all))) logger.warn({ ms }, 'a part did not close its connections in time')
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
