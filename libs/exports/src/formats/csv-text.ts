import type { Bytes, CellWriter } from './cells/bytes.js'

const QUOTE = 0x22
const APOSTROPHE = 0x27

/** A spreadsheet takes a cell that starts with one of these for a formula (OWASP, "CSV Injection"). */
const STARTS_FORMULA = flags('=+-@\t\r')

/**
 * Text as PostgreSQL's COPY writes it to csv: quoted when it is empty, since NULL is an empty cell without
 * quotes, or has the delimiter, a quote, CR or LF; leading and trailing blanks need no quotes.
 */
export function plainText(delimiter: string): CellWriter {
  const needsQuotes = flags(`${delimiter}"\r\n`)
  const delimiters = delimiter.charCodeAt(0) * 0x01010101
  return (out, at, source, start, end) => {
    const length = end - start
    if (length < 4) return putShort(out, at, source, start, end, needsQuotes)
    // Four bytes at a time, the last four once more where they overlap: no loop over the rest.
    const last = end - 4
    const shift = at - start
    for (let i = start; ; i = i + 4 < last ? i + 4 : last) {
      const word = source.view.getInt32(i)
      if (mayNeedQuotes(word, delimiters) && hasFlagged(source.buffer, i, i + 4, needsQuotes)) {
        return putQuoted(out, at, source, start, end)
      }
      out.view.setInt32(i + shift, word)
      if (i === last) return at + length
    }
  }
}

/**
 * Text that no spreadsheet takes for a formula: one that starts like a formula gets a `'`.
 *
 * @param isHarmless lets a text through that only looks like one
 */
export function guardedText(delimiter: string, isHarmless?: typeof isPhone): CellWriter {
  const plain = plainText(delimiter)
  const needsQuotes = flags(`${delimiter}"\r\n`)
  return (out, at, source, start, end) => {
    if (start === end || STARTS_FORMULA[source.view.getUint8(start)] === 0) {
      return plain(out, at, source, start, end)
    }
    if (isHarmless?.(source.buffer, start, end)) return plain(out, at, source, start, end)
    if (hasFlagged(source.buffer, start, end, needsQuotes)) {
      return putQuoted(out, at, source, start, end, APOSTROPHE)
    }
    out.view.setUint8(at, APOSTROPHE)
    return plain(out, at + 1, source, start, end)
  }
}

/** `^\+\d{6,15}$`, an international phone number. */
export function isPhone(bytes: Buffer, start: number, end: number): boolean {
  const digits = end - start - 1
  if (digits < 6 || digits > 15 || bytes[start] !== 0x2b) return false
  for (let i = start + 1; i < end; i++) {
    const byte = bytes[i]!
    if (byte < 0x30 || byte > 0x39) return false
  }
  return true
}

/** No number that a program wrote is longer; what is longer is guarded like any text. */
const LONGEST_NUMBER = 400

/** A JSON number (RFC 8259, section 6) with a minus, the only one that starts like a formula. */
export function isJsonNumber(bytes: Buffer, start: number, end: number): boolean {
  return (
    end - start <= LONGEST_NUMBER &&
    /^-\d+(\.\d+)?([eE][+-]?\d+)?$/.test(bytes.toString('latin1', start, end))
  )
}

/**
 * Whether one of the word's four bytes may be one that needs quotes: it is below 0x23, as `"`, CR and LF are
 * and blanks too, or it is the delimiter. The borrows of a byte may flag its neighbour, never clear it.
 *
 * @see https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
 */
function mayNeedQuotes(word: number, delimiters: number): boolean {
  const delimited = word ^ delimiters
  return ((((word - 0x23232323) & ~word) | ((delimited - 0x01010101) & ~delimited)) & 0x80808080) !== 0
}

function putShort(
  out: Bytes,
  at: number,
  source: Bytes,
  start: number,
  end: number,
  needsQuotes: Uint8Array,
): number {
  if (start === end) return putQuoted(out, at, source, start, end)
  let to = at
  for (let i = start; i < end; i++) {
    const byte = source.view.getUint8(i)
    if (needsQuotes[byte] !== 0) return putQuoted(out, at, source, start, end)
    out.view.setUint8(to++, byte)
  }
  return to
}

/** @param prefix a byte to begin the text with */
function putQuoted(
  out: Bytes,
  at: number,
  source: Bytes,
  start: number,
  end: number,
  prefix?: number,
): number {
  const bytes = out.buffer
  const from = source.buffer
  let to = at
  bytes[to++] = QUOTE
  if (prefix !== undefined) bytes[to++] = prefix
  for (let i = start; i < end; i++) {
    const byte = from[i]!
    if (byte === QUOTE) bytes[to++] = QUOTE
    bytes[to++] = byte
  }
  bytes[to++] = QUOTE
  return to
}

function hasFlagged(bytes: Buffer, start: number, end: number, table: Uint8Array): boolean {
  for (let i = start; i < end; i++) if (table[bytes[i]!] !== 0) return true
  return false
}

/** A table with 1 for each byte of an ASCII text. */
function flags(bytes: string): Uint8Array {
  const table = new Uint8Array(256)
  for (const byte of Buffer.from(bytes)) table[byte] = 1
  return table
}
