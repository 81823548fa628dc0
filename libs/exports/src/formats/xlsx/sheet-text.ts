import type { Bytes } from '../cells/bytes.js'
import { Constant, put } from '../cells/bytes.js'

/** Excel's limit of a cell, in UTF-16 units. */
export const MAX_CELL_UNITS = 32_767

/** The most that a byte grows to: `_x005F_`. */
export const XML_GROWTH = 7

const UNDERSCORE = 0x5f
const SPACE = 0x20

/** What stands for a byte in XML. An empty text removes what XML 1.0 has no way to say. */
const REPLACEMENTS: (Constant | undefined)[] = Array.from({ length: 256 })
for (let byte = 0; byte < SPACE; byte++) REPLACEMENTS[byte] = new Constant('')
REPLACEMENTS[0x09] = undefined
REPLACEMENTS[0x0a] = undefined
// Any reader of XML turns a bare CR into LF; this is how spreadsheets say it (ST_Xstring of ECMA-376).
REPLACEMENTS[0x0d] = new Constant('_x000D_')
REPLACEMENTS[0x26] = new Constant('&amp;')
REPLACEMENTS[0x3c] = new Constant('&lt;')
REPLACEMENTS[0x3e] = new Constant('&gt;')
const ESCAPED_UNDERSCORE = new Constant('_x005F_')

/**
 * Copies a text that XML and spreadsheets take as it is.
 *
 * @returns where the next byte goes; -1 when the text needs {@link putCarefully}
 */
export function putClean(out: Bytes, at: number, source: Bytes, start: number, end: number): number {
  if (end - start > MAX_CELL_UNITS || hasBlankEnd(source.buffer, start, end)) return -1
  const shift = at - start
  let i = start
  for (; i + 4 <= end; i += 4) {
    const word = source.view.getInt32(i)
    if (mayNeedCare(word) && !areClean(source.buffer, i, i + 4, end)) return -1
    out.view.setInt32(i + shift, word)
  }
  if (!areClean(source.buffer, i, end, end)) return -1
  for (; i < end; i++) out.buffer[i + shift] = source.buffer[i]!
  return at + end - start
}

/** Where the text ended up, and whether it was too long. One object that is set over and over. */
export const careful = { at: 0, wasCut: false }

/**
 * Writes any text: escapes, removes what XML 1.0 forbids, and cuts after {@link MAX_CELL_UNITS}, never between
 * the halves of a surrogate pair. The outcome is in {@link careful}.
 */
export function putCarefully(out: Bytes, at: number, source: Bytes, start: number, end: number): void {
  const bytes = source.buffer
  let to = at
  let units = 0
  let length = 1
  careful.wasCut = false
  for (let i = start; i < end; i += length) {
    const byte = bytes[i]!
    length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    const replacement =
      byte === UNDERSCORE && looksEscaped(bytes, i, end) ? ESCAPED_UNDERSCORE : REPLACEMENTS[byte]
    if (replacement?.length === 0 || isNoncharacter(bytes, i)) continue
    units += length === 4 ? 2 : 1
    if (units > MAX_CELL_UNITS) {
      careful.wasCut = true
      break
    }
    if (replacement !== undefined) to = put(out, to, replacement)
    else for (let k = i; k < Math.min(i + length, end); k++) out.buffer[to++] = bytes[k]!
  }
  careful.at = to
}

/** Without `xml:space="preserve"` a reader may strip them. */
const hasBlankEnd = (bytes: Buffer, start: number, end: number): boolean =>
  start < end && (bytes[start]! <= SPACE || bytes[end - 1]! <= SPACE)

/** @param textEnd where the text ends that the bytes are of */
function areClean(bytes: Buffer, start: number, end: number, textEnd: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!
    if (REPLACEMENTS[byte] !== undefined) return false
    if (byte === UNDERSCORE && looksEscaped(bytes, i, textEnd)) return false
    if (isNoncharacter(bytes, i)) return false
  }
  return true
}

/** Whether one of the four bytes may be below 0x20, `&`, `<`, `>`, `_` or 0xef; see HasLessInWord in csv-text. */
function mayNeedCare(word: number): boolean {
  const ampersand = word ^ 0x26262626
  const angle = (word | 0x02020202) ^ 0x3e3e3e3e
  const underscore = word ^ 0x5f5f5f5f
  const noncharacter = word ^ 0xefefefef
  const flags =
    ((word - 0x20202020) & ~word) |
    ((ampersand - 0x01010101) & ~ampersand) |
    ((angle - 0x01010101) & ~angle) |
    ((underscore - 0x01010101) & ~underscore) |
    ((noncharacter - 0x01010101) & ~noncharacter)
  return (flags & 0x80808080) !== 0
}

/** U+FFFE and U+FFFF, which are EF BF BE and EF BF BF. */
const isNoncharacter = (bytes: Buffer, i: number): boolean =>
  bytes[i] === 0xef && bytes[i + 1] === 0xbf && bytes[i + 2]! >= 0xbe

/** Whether a spreadsheet would take the text from here on, `_xHHHH_`, for an escaped character. */
function looksEscaped(bytes: Buffer, i: number, end: number): boolean {
  if (i + 7 > end || bytes[i + 1] !== 0x78 || bytes[i + 6] !== UNDERSCORE) return false
  for (let k = i + 2; k < i + 6; k++) if (!isHexDigit(bytes[k]!)) return false
  return true
}

const isHexDigit = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)
