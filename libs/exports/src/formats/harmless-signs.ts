/** Recognizes `^\+\d{6,15}$`, an international phone number. */
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

/** Recognizes a JSON number (RFC 8259, section 6) with a minus, the only one that starts like a formula. */
export const isJsonNumber = (bytes: Buffer, start: number, end: number): boolean =>
  end - start <= LONGEST_NUMBER && jsonNumberEnd(bytes, start, end) === end

/** Returns where a JSON number with a minus that begins at `start` ends; `start` when none does. */
export function jsonNumberEnd(bytes: Buffer, start: number, end: number): number {
  if (bytes[start] !== 0x2d) return start
  const text = bytes.toString('latin1', start, Math.min(end, start + LONGEST_NUMBER))
  return start + (/^-\d+(\.\d+)?([eE][+-]?\d+)?/.exec(text)?.[0].length ?? 0)
}
