import type { CellWriter } from './cells/bytes.js'
import { copiedText, flags, inEachByte, putDoubled, QUOTE, specialBits } from './csv-text.js'
import { isSign, MAY_START_FORMULA, skipBlanks } from './formula-signs.js'
import { isJsonNumber, isPhone, jsonNumberEnd } from './harmless-signs.js'

const APOSTROPHE = 0x27

/** Texts that look like a formula and are let through: a phone number, or a phone number and a JSON number. */
export type Harmless = 'phone' | 'json'

/** What a byte within a text asks for: quotes around it, a look at what a reader finds behind it. */
const QUOTED = 1
const SPLIT = 2

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
  const isSpecial = flags(`${delimiter}${other}"\t\r\n`)
  const defused = defusedText(delimiter, other, harmless)
  const guarded = defusedText(delimiter, other, harmless, true)
  const unusual: CellWriter = (out, at, source, start, end) => {
    const bytes = source.buffer
    if (start === end || MAY_START_FORMULA[bytes[start]!] === 0) return defused(out, at, source, start, end)
    if (isHarmless(bytes, start, end, harmless)) return putAll(out.buffer, at, bytes, start, end)
    return startsFormula(bytes, start, end)
      ? guarded(out, at, source, start, end)
      : defused(out, at, source, start, end)
  }
  return copiedText(isSpecial, delimiter, other, unusual, MAY_START_FORMULA)
}

const startsFormula = (bytes: Buffer, start: number, end: number): boolean =>
  STARTS_ALONE[bytes[start]!] !== 0 || isSign(bytes, skipBlanks(bytes, start, end, false), end)

const isHarmless = (bytes: Buffer, start: number, end: number, harmless: Harmless | undefined): boolean =>
  harmless !== undefined &&
  (isPhone(bytes, start, end) || (harmless === 'json' && isJsonNumber(bytes, start, end)))

/** Copies a harmless text, which has no byte that asks for anything. */
function putAll(out: Buffer, at: number, bytes: Buffer, start: number, end: number): number {
  let to = at
  for (let i = start; i < end; i++) out[to++] = bytes[i]!
  return to
}

/** Writes a text with a `'` before each formula sign behind a split, and one in front when it is `guarded`. */
function defusedText(delimiter: string, other: string, harmless?: Harmless, guarded = false): CellWriter {
  const asks = flags(`${delimiter}"\r\n`)
  for (const byte of Buffer.from(`${other}\t\r\n`)) asks[byte]! |= SPLIT
  const delimiters = inEachByte(delimiter)
  const others = inEachByte(other)

  return (out, at, source, start, end) => {
    const bytes = out.buffer
    const from = source.buffer
    let to = at
    bytes[to++] = QUOTE
    if (guarded) bytes[to++] = APOSTROPHE
    let isQuoted = start === end
    // Where the first character behind a split is: the splits before it lead to the same one.
    let first = start
    let i = start
    while (i < end) {
      // Most words ask for nothing.
      if (i + 4 <= end) {
        const word = source.view.getInt32(i)
        if (specialBits(word, delimiters, others) === 0) {
          out.view.setInt32(to, word)
          i += 4
          to += 4
          continue
        }
      }
      for (const stop = Math.min(i + 4, end); i < stop; i++) {
        const byte = from[i]!
        const ask = asks[byte]!
        bytes[to++] = byte
        if (ask === 0) continue
        if ((ask & QUOTED) !== 0) isQuoted = true
        if (byte === QUOTE) bytes[to++] = QUOTE
        else if ((ask & SPLIT) !== 0 && i >= first) {
          first = skipBlanks(from, i + 1, end, true)
          if (!isDangerous(from, first, end, byte, harmless)) continue
          isQuoted = true
          to = putDoubled(bytes, to, from, i + 1, first)
          bytes[to++] = APOSTROPHE
          i = first
          break
        }
      }
    }
    if (isQuoted) {
      bytes[to++] = QUOTE
      return to
    }
    // Without the quote in front.
    const { view } = out
    for (let i = at + 1; i < to; i += 4) view.setInt32(i - 1, view.getInt32(i))
    return to - 1
  }
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
