/** What two sorted lists have under one key: of either, or of both. */
export type Pair<Left, Right> =
  { left: Left; right: Right } | { left: Left; right: null } | { left: null; right: Right }

interface Keyed {
  key: string
}

/**
 * Walks two lists side by side, with one entry of each in memory. Both come in the order of their keys, without
 * doubles. Keys are compared as JavaScript compares them, which is the order of UTF-8's bytes for ASCII.
 *
 * @throws Error for a list that is not in order: whatever followed would seem to be missing on the other side
 */
export async function* mergeJoin<Left extends Keyed, Right extends Keyed>(
  lefts: AsyncIterable<Left>,
  rights: AsyncIterable<Right>,
): AsyncGenerator<Pair<Left, Right>> {
  const leftSide = inOrder(lefts)
  const rightSide = inOrder(rights)
  try {
    let left = await nextOf(leftSide)
    let right = await nextOf(rightSide)
    while (left !== null || right !== null) {
      if (left !== null && (right === null || left.key < right.key)) {
        yield { left, right: null }
        left = await nextOf(leftSide)
      } else if (right !== null && (left === null || right.key < left.key)) {
        yield { left: null, right }
        right = await nextOf(rightSide)
      } else if (left !== null && right !== null) {
        yield { left, right }
        left = await nextOf(leftSide)
        right = await nextOf(rightSide)
      }
    }
  } finally {
    await leftSide.return(undefined)
    await rightSide.return(undefined)
  }
}

const nextOf = async <Entry>(side: AsyncGenerator<Entry, undefined>): Promise<Entry | null> => {
  const step = await side.next()
  return step.done === true ? null : step.value
}

async function* inOrder<Entry extends Keyed>(
  entries: AsyncIterable<Entry>,
): AsyncGenerator<Entry, undefined> {
  let last: string | undefined
  for await (const entry of entries) {
    if (last !== undefined && entry.key <= last) throw new Error(`${entry.key} was listed after ${last}`)
    last = entry.key
    yield entry
  }
}
