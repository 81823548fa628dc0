import { flags } from './csv-text.js'

/**
 * Signs that a spreadsheet takes for the start of a formula: `= + - @`, and their full-width forms U+FF0B, U+FF0D,
 * U+FF1D and U+FF20, which spreadsheets of East Asian locales take for the same (OWASP, "CSV Injection").
 */
const SIGNS = flags('=+-@')
/** The last byte of a full-width sign, behind EF BC. */
const FULL_WIDTH_SIGNS = flags('')
for (const byte of [0x8b, 0x8d, 0x9d, 0xa0]) FULL_WIDTH_SIGNS[byte] = 1

/** Bytes that a text begins with which may be a formula; most begin with another byte and are not looked at further. */
export const MAY_START_FORMULA = flags('=+-@\x7f')
for (let byte = 0; byte <= 0x20; byte++) MAY_START_FORMULA[byte] = 1
for (const byte of [0xc2, 0xe1, 0xe2, 0xe3, 0xef]) MAY_START_FORMULA[byte] = 1

const QUOTE = 0x22

/** Whether there is a formula sign at `i`. */
export function isSign(bytes: Buffer, i: number, end: number): boolean {
  if (i >= end) return false
  const byte = bytes[i]!
  if (SIGNS[byte] !== 0) return true
  return byte === 0xef && i + 2 < end && bytes[i + 1] === 0xbc && FULL_WIDTH_SIGNS[bytes[i + 2]!] !== 0
}

/**
 * Skips what readers drop or do not show at the start of a cell: control characters, white space, characters
 * without width and the byte order mark.
 *
 * @param orQuotes skips quotes too: a reader that splits a text in its middle takes them for those around a cell
 * @returns where the first other character is
 */
export function skipBlanks(bytes: Buffer, start: number, end: number, orQuotes: boolean): number {
  let i = start
  while (i < end) {
    const byte = bytes[i]!
    if (byte <= 0x20 || byte === 0x7f || (orQuotes && byte === QUOTE)) i++
    else {
      const length = byte < 0xc2 ? 0 : wideBlank(byte, bytes[i + 1] ?? 0, bytes[i + 2] ?? 0)
      if (length === 0) return i
      i += length
    }
  }
  return i
}

/** Returns the bytes in UTF-8 of a blank character beyond ASCII, or 0. */
function wideBlank(first: number, second: number, third: number): number {
  switch (first) {
    case 0xc2:
      // C1 controls, no-break space; soft hyphen
      return second <= 0xa0 || second === 0xad ? 2 : 0
    case 0xe1:
      // U+1680, U+180E
      return (second === 0x9a && third === 0x80) || (second === 0xa0 && third === 0x8e) ? 3 : 0
    case 0xe2:
      // U+2000 to U+200F and U+2028 to U+202F; U+205F to U+206F
      if (second === 0x80) return third <= 0x8f || (third >= 0xa8 && third <= 0xaf) ? 3 : 0
      return second === 0x81 && third >= 0x9f && third <= 0xaf ? 3 : 0
    case 0xe3:
      // Ideographic space
      return second === 0x80 && third === 0x80 ? 3 : 0
    case 0xef:
      // Byte order mark
      return second === 0xbb && third === 0xbf ? 3 : 0
    default:
      return 0
  }
}
