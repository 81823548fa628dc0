/** Often enough that nobody waits, seldom enough to cost nothing. */
const EVERY_MS = 250

/**
 * Calls back once when the parent process (npm, a shell) is gone, even by kill -9: an orphan is given another parent.
 * A process that began as a child of pid 1 has none to lose (a container's or a service's).
 * @returns a function that ends the watch
 */
export function watchParent(onGone: () => void): () => void {
  const parent = process.ppid
  if (parent === 1) return () => undefined
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onGone()
  }, EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
