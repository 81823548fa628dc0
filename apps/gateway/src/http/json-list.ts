/** Printable ASCII without quote and backslash. */
const plain = /^[ !#-[\]-~]*$/

/** A text as JSON. Most are plain: to see it takes a third of the time that JSON.stringify takes to write one. */
export const jsonText = (text: string | null): string =>
  text === null ? 'null' : plain.test(text) ? `"${text}"` : JSON.stringify(text)

/** UTF-8 takes so many for a unit of UTF-16 at most. */
const MOST_BYTES = 3
const [OPEN, COMMA, CLOSE] = ['[', ',', ']'].map((mark) => mark.charCodeAt(0)) as [number, number, number]

/**
 * Where lists are written, one after the other: the pages of new memory, asked for by each, cost more than to write on them
 * (a third of what a page of 100 leads took, in some processes, by how malloc's heap happened to lie).
 */
const kept = Buffer.allocUnsafeSlow(1024 * 1024)

/**
 * A list as JSON in UTF-8, of items that are JSON already. Each is encoded by itself: an emoji makes the whole of a string
 * twice as large in memory, and many times as slow to encode.
 *
 * @returns what holds until the next list is written: copy it at once
 */
export function jsonList(items: readonly string[]): Buffer {
  const units = items.reduce((sum, item) => sum + item.length, 0)
  const most = MOST_BYTES * units + items.length + 2
  const list = most <= kept.length ? kept : Buffer.allocUnsafe(most)
  let end = 0
  for (const item of items) {
    list[end] = end === 0 ? OPEN : COMMA
    end += 1 + list.write(item, end + 1)
  }
  if (end === 0) list[end++] = OPEN
  list[end++] = CLOSE
  return list.subarray(0, end)
}
