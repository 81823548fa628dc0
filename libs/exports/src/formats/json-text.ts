import type { Bytes, CellWriter } from './cells/bytes.js'

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** What follows the backslash of each byte that needs one: a letter, or `u` for `\u00XX`; 0 for the others. */
const ESCAPES = new Uint8Array(256)
for (let byte = 0; byte < 0x20; byte++) ESCAPES[byte] = 0x75
for (const [byte, letter] of ['""', '\\\\', '\bb', '\ff', '\nn', '\rr', '\tt'].map((pair) =>
  Buffer.from(pair),
)) {
  ESCAPES[byte!] = letter!
}
const HEX = Buffer.from('0123456789abcdef')

/** The most that a byte grows to, `\u00XX`. */
export const JSON_GROWTH = 6

/** A string of RFC 8259: quotes, backslashes and control characters are escaped, all else stays UTF-8. */
export const jsonText: CellWriter = (out, at, source, start, end) => {
  out.view.setUint8(at, QUOTE)
  const to = putEscaped(out, at + 1, source, start, end)
  out.view.setUint8(to, QUOTE)
  return to + 1
}

function putEscaped(out: Bytes, at: number, source: Bytes, start: number, end: number): number {
  let to = at
  let i = start
  for (; i + 4 <= end; i += 4) {
    const word = source.view.getInt32(i)
    if (needsEscape(word)) {
      to = putBytes(out, to, source, i, i + 4)
    } else {
      out.view.setInt32(to, word)
      to += 4
    }
  }
  return putBytes(out, to, source, i, end)
}

function putBytes(out: Bytes, at: number, source: Bytes, start: number, end: number): number {
  let to = at
  for (let i = start; i < end; i++) {
    const byte = source.view.getUint8(i)
    const escape = ESCAPES[byte]!
    if (escape === 0) out.view.setUint8(to++, byte)
    else to = putEscape(out, to, byte, escape)
  }
  return to
}

function putEscape(out: Bytes, at: number, byte: number, escape: number): number {
  out.view.setUint16(at, (BACKSLASH << 8) | escape)
  if (escape !== 0x75) return at + 2
  out.view.setInt32(at + 2, 0x30300000 | (HEX[byte >> 4]! << 8) | HEX[byte & 15]!)
  return at + 6
}

/**
 * Whether one of the word's four bytes may need an escape: below 0x20, a quote or a backslash. A borrow may
 * flag a byte's neighbour too, which costs a second look and nothing else.
 *
 * @see https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
 */
function needsEscape(word: number): boolean {
  const quoted = word ^ 0x22222222
  const slashed = word ^ 0x5c5c5c5c
  const flags =
    ((word - 0x20202020) & ~word) | ((quoted - 0x01010101) & ~quoted) | ((slashed - 0x01010101) & ~slashed)
  return (flags & 0x80808080) !== 0
}
