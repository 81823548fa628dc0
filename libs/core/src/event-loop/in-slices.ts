/** Milliseconds of CPU that work in slices takes of one turn of the event loop, all of it together. */
const SLICE_MS = 4

/** Work that waits for its next slice, in the order in which it is served. */
const waiting: (() => void)[] = []
let isScheduled = false
/** When the present slice ends, as performance.now() counts. */
let sliceEnds = 0

/**
 * Does work on each item in slices: between two slices the event loop serves everyone else. Every turn of the event loop has one
 * slice, however many lists are worked on at the same time, and they take turns.
 *
 * @returns what `work` returned, in the order of the items
 */
export async function inSlices<T, R>(items: readonly T[], work: (item: T, index: number) => R): Promise<R[]> {
  const done: R[] = []
  for (const item of items) {
    const pause = nextSlice()
    if (pause !== undefined) await pause
    done.push(work(item, done.length))
  }
  return done
}

/** Items that are folded between two looks at the clock. */
const FOLDED_AT_ONCE = 10

/**
 * Folds items into a state in slices, a few at a time.
 * @param fold gives for all items at once what it gives for them in several steps; it is called once where there are none
 */
export async function foldInSlices<T, S, R extends S>(
  state: S,
  items: readonly T[],
  fold: (state: S, some: readonly T[]) => R,
): Promise<R> {
  let folded = fold(state, items.slice(0, FOLDED_AT_ONCE))
  for (let from = FOLDED_AT_ONCE; from < items.length; from += FOLDED_AT_ONCE) {
    const pause = nextSlice()
    if (pause !== undefined) await pause
    folded = fold(folded, items.slice(from, from + FOLDED_AT_ONCE))
  }
  return folded
}

/** For loops that `inSlices` does not fit: what to wait for before the next piece of work; undefined within a slice. */
export function nextSlice(): Promise<void> | undefined {
  if (performance.now() < sliceEnds) return undefined
  return new Promise((resolve) => {
    waiting.push(resolve)
    schedule()
  })
}

function schedule(): void {
  if (isScheduled) return
  isScheduled = true
  setImmediate(() => {
    isScheduled = false
    sliceEnds = performance.now() + SLICE_MS
    waiting.shift()?.()
    // An immediate that is set here runs in the next turn, after the sockets were looked at.
    if (waiting.length > 0) schedule()
  })
}
