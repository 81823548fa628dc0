import type { CellWriter } from './cells/bytes.js'

export const QUOTE = 0x22

/**
 * Text as PostgreSQL's COPY writes it to csv: quoted when it is empty, since NULL is an empty cell without
 * quotes, or has the delimiter, a quote, CR or LF; leading and trailing blanks need no quotes.
 */
export const plainText = (delimiter: string): CellWriter =>
  copiedText(flags(`${delimiter}"\r\n`), delimiter, delimiter, putQuoted)

/**
 * Copies a text word by word and hands it over to `special` when it is empty, has a flagged byte, or begins with a byte of
 * `starts`.
 *
 * @param isSpecial flags for bytes below 0x0e, for the quote and for the two characters `first` and `second`, no others
 */
export function copiedText(
  isSpecial: Uint8Array,
  first: string,
  second: string,
  special: CellWriter,
  starts = flags(''),
): CellWriter {
  const firsts = inEachByte(first)
  const seconds = inEachByte(second)
  return (out, at, source, start, end) => {
    const length = end - start
    if (length === 0 || starts[source.view.getUint8(start)] !== 0) return special(out, at, source, start, end)
    if (length < 4) {
      let to = at
      for (let i = start; i < end; i++) {
        const byte = source.view.getUint8(i)
        if (isSpecial[byte] !== 0) return special(out, at, source, start, end)
        out.view.setUint8(to++, byte)
      }
      return to
    }
    const shift = at - start
    if (length < 8) {
      // Two words, which overlap where the text is shorter: no loop over the rest.
      const head = source.view.getInt32(start)
      const tail = source.view.getInt32(end - 4)
      if (
        (specialBits(head, firsts, seconds) | specialBits(tail, firsts, seconds)) !== 0 &&
        hasFlagged(source.buffer, start, end, isSpecial)
      ) {
        return special(out, at, source, start, end)
      }
      out.view.setInt32(at, head)
      out.view.setInt32(end - 4 + shift, tail)
      return at + length
    }
    // The last eight bytes once more where they overlap.
    const last = end - 8
    for (let i = start; ; i = i + 8 < last ? i + 8 : last) {
      const word = source.view.getInt32(i)
      const next = source.view.getInt32(i + 4)
      if (
        (specialBits(word, firsts, seconds) | specialBits(next, firsts, seconds)) !== 0 &&
        hasFlagged(source.buffer, i, i + 8, isSpecial)
      ) {
        return special(out, at, source, start, end)
      }
      out.view.setInt32(i + shift, word)
      out.view.setInt32(i + 4 + shift, next)
      if (i === last) return at + length
    }
  }
}

/**
 * Returns bits for the bytes of a word that may be special: below 0x0e, as TAB, CR and LF are, a quote, or one of the
 * two characters. The borrows of a byte may flag its neighbour, never clear it. Blanks are no such bytes: almost every
 * word of a text has one.
 *
 * @see https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
 */
export function specialBits(word: number, firsts: number, seconds: number): number {
  const first = word ^ firsts
  const second = word ^ seconds
  const quote = word ^ 0x22222222
  const below = (word - 0x0e0e0e0e) & ~word
  const same =
    ((first - 0x01010101) & ~first) | ((second - 0x01010101) & ~second) | ((quote - 0x01010101) & ~quote)
  return (below | same) & 0x80808080
}

/** Writes a text in quotes, with each quote in it doubled (RFC 4180, section 2.7). */
export const putQuoted: CellWriter = (out, at, source, start, end) => {
  const bytes = out.buffer
  bytes[at] = QUOTE
  const to = putDoubled(bytes, at + 1, source.buffer, start, end)
  bytes[to] = QUOTE
  return to + 1
}

/** Copies bytes and writes each quote twice. Returns where the next byte goes. */
export function putDoubled(out: Buffer, at: number, source: Buffer, start: number, end: number): number {
  let to = at
  for (let i = start; i < end; i++) {
    const byte = source[i]!
    if (byte === QUOTE) out[to++] = QUOTE
    out[to++] = byte
  }
  return to
}

/** Makes a word of four times the same ASCII character, for {@link specialBits}. */
export const inEachByte = (character: string): number => character.charCodeAt(0) * 0x01010101

export function hasFlagged(bytes: Buffer, start: number, end: number, table: Uint8Array): boolean {
  for (let i = start; i < end; i++) if (table[bytes[i]!] !== 0) return true
  return false
}

/** Makes a table with 1 for each byte of an ASCII text. */
export function flags(bytes: string): Uint8Array {
  const table = new Uint8Array(256)
  for (const byte of Buffer.from(bytes)) table[byte] = 1
  return table
}
