import type { Bytes, CellWriter } from './cells/bytes.js'
import { copiedText, flags, hasFlagged, plainText, QUOTE, specialBits } from './csv-text.js'
import { isSign, MAY_START_FORMULA, skipBlanks } from './formula-signs.js'
import { isJsonNumber, isPhone, jsonNumberEnd } from './harmless-signs.js'

const APOSTROPHE = 0x27

/** Texts that look like a formula and are let through: a phone number, or a phone number and a JSON number. */
export type Harmless = 'phone' | 'json'

/** Bytes of a text that needs quotes: a quote is doubled, at a split a reader with another delimiter may start a cell. */
const DOUBLES = 1
const SPLITS = 2
/** Bytes that are looked at one by one after a quote or a split: where one is, as in JSON, there are more. */
const BYTE_BY_BYTE = 8
/** A word of quotes. */
const QUOTES = QUOTE * 0x01010101

/** TAB, CR and LF are on OWASP's list whatever follows them: readers drop them. */
const STARTS_ALONE = flags('\t\r\n')

/**
 * Writes text that no spreadsheet takes for a formula (OWASP, "CSV Injection"): a `'` goes in front of a text that
 * starts like one, and in front of each formula sign where a reader with another delimiter starts a new cell: behind
 * the other of `,` and `;`, a TAB, or a line break. Quotes do not help against such a reader, because it does not see
 * them at the start of a cell. A text that got a `'` inside is quoted.
 */
export function guardedText(delimiter: string, harmless?: Harmless): CellWriter {
  const other = delimiter === ',' ? ';' : ','
  const needsQuotes = flags(`${delimiter}"\r\n`)
  const splits = flags(`${other}\t\r\n`)
  const plain = plainText(delimiter)
  const putDefused = defusedText(splits, harmless)

  const others = other.charCodeAt(0) * 0x01010101
  const kinds = splits.map((isSplit) => isSplit * SPLITS)
  kinds[QUOTE] = DOUBLES
  // Most texts that need quotes have no split, and are read once more only. A closure of its own would cost a call.
  const writeSpecial: CellWriter = (out, at, source, start, end) => {
    const bytes = out.buffer
    const from = source.buffer
    let to = at
    bytes[to++] = QUOTE
    let i = start
    while (i < end) {
      // Four bytes at once where none of them is a quote or a split.
      if (i + 4 <= end) {
        const word = source.view.getInt32(i)
        if (specialBits(word, others, QUOTES) === 0) {
          out.view.setInt32(to, word)
          to += 4
          i += 4
          continue
        }
      }
      for (const stop = Math.min(i + BYTE_BY_BYTE, end); i < stop; i++) {
        const byte = from[i]!
        const kind = kinds[byte]!
        if (kind !== 0) {
          if (kind === SPLITS) return writeSplit(out, at, source, start, end)
          bytes[to++] = QUOTE
        }
        bytes[to++] = byte
      }
    }
    bytes[to++] = QUOTE
    return to
  }
  const writeSplit: CellWriter = (out, at, source, start, end) =>
    hasFlagged(source.buffer, start, end, needsQuotes) ||
    hasSplitSign(source.buffer, start, end, splits, harmless)
      ? putDefused(out, at, source, start, end, false)
      : plain(out, at, source, start, end)
  const copied = copiedText(flags(`${delimiter}${other}"\t\r\n`), delimiter, other, writeSpecial)

  return (out, at, source, start, end) => {
    if (start === end || MAY_START_FORMULA[source.view.getUint8(start)] === 0) {
      return copied(out, at, source, start, end)
    }
    const bytes = source.buffer
    if (!startsFormula(bytes, start, end) || isHarmless(bytes, start, end, harmless)) {
      return copied(out, at, source, start, end)
    }
    if (hasFlagged(bytes, start, end, needsQuotes) || hasSplitSign(bytes, start, end, splits, harmless)) {
      return putDefused(out, at, source, start, end, true)
    }
    out.view.setUint8(at, APOSTROPHE)
    return plain(out, at + 1, source, start, end)
  }
}

const startsFormula = (bytes: Buffer, start: number, end: number): boolean =>
  STARTS_ALONE[bytes[start]!] !== 0 || isSign(bytes, skipBlanks(bytes, start, end, false), end)

const isHarmless = (bytes: Buffer, start: number, end: number, harmless: Harmless | undefined): boolean =>
  harmless !== undefined &&
  (isPhone(bytes, start, end) || (harmless === 'json' && isJsonNumber(bytes, start, end)))

/** Writes a text in quotes with a `'` before each formula sign behind a split, and one in front when it is `guarded`. */
function defusedText(splits: Uint8Array, harmless: Harmless | undefined) {
  const special = splits.slice()
  special[QUOTE] = 1
  return (out: Bytes, at: number, source: Bytes, start: number, end: number, guarded: boolean): number => {
    const bytes = out.buffer
    const from = source.buffer
    let to = at
    bytes[to++] = QUOTE
    if (guarded) bytes[to++] = APOSTROPHE
    // Where the first character behind a split is: the splits before it lead to the same one.
    let first = start
    let sign = -1
    for (let i = start; i < end; i++) {
      const byte = from[i]!
      if (i === sign) bytes[to++] = APOSTROPHE
      if (special[byte] !== 0) {
        if (byte === QUOTE) bytes[to++] = QUOTE
        else if (i >= first) {
          first = skipBlanks(from, i + 1, end, true)
          sign = isDangerous(from, first, end, byte, harmless) ? first : -1
        }
      }
      bytes[to++] = byte
    }
    bytes[to++] = QUOTE
    return to
  }
}

/** Whether a formula sign comes first behind a split, but for blanks and quotes. */
function hasSplitSign(
  bytes: Buffer,
  start: number,
  end: number,
  splits: Uint8Array,
  harmless: Harmless | undefined,
): boolean {
  for (let i = start; i < end; i++) {
    const split = bytes[i]!
    if (splits[split] === 0) continue
    const first = skipBlanks(bytes, i + 1, end, true)
    if (isDangerous(bytes, first, end, split, harmless)) return true
    i = first - 1
  }
  return false
}

/**
 * Whether a reader that starts a cell at `i` may take it for a formula. A JSON number that fills the cell is none:
 * arrays have such behind a comma. Behind a bracket that was never opened nothing makes a formula of it either.
 */
function isDangerous(
  bytes: Buffer,
  i: number,
  end: number,
  split: number,
  harmless: Harmless | undefined,
): boolean {
  if (!isSign(bytes, i, end)) return false
  if (harmless !== 'json') return true
  const behind = jsonNumberEnd(bytes, i, end)
  return behind === i || (behind < end && ![split, 0x5d, 0x7d].includes(bytes[behind]!))
}
