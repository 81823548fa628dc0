import type { Bytes } from './bytes.js'

/** `00` to `99` as two bytes of ASCII each. */
export const PAIRS = Uint16Array.from(
  { length: 100 },
  (_, n) => ((0x30 + Math.floor(n / 10)) << 8) | (0x30 + (n % 10)),
)

/** Writes a number below 100 in two digits. */
export function putTwoDigits(out: Bytes, at: number, value: number): number {
  out.view.setUint16(at, PAIRS[value]!)
  return at + 2
}

/** Writes a number below 10,000 in four digits. */
export function putFourDigits(out: Bytes, at: number, value: number): number {
  const hundreds = (value / 100) | 0
  out.view.setInt32(at, (PAIRS[hundreds]! << 16) | PAIRS[value - hundreds * 100]!)
  return at + 4
}

/** Writes a number from 0 to 2^31 - 1 in the given number of digits, with leading zeros. */
export function putPadded(out: Bytes, at: number, value: number, digits: number): number {
  let rest = value
  let end = at + digits
  for (; end - at >= 2; end -= 2) {
    const hundreds = (rest / 100) | 0
    putTwoDigits(out, end - 2, rest - hundreds * 100)
    rest = hundreds
  }
  if (end > at) out.view.setUint8(at, 0x30 + rest)
  return at + digits
}

/** Writes a number from 0 to 2^31 - 1. */
export const putUnsigned = (out: Bytes, at: number, value: number): number =>
  putPadded(out, at, value, countDigits(value))

function countDigits(value: number): number {
  if (value < 10) return 1
  if (value < 100) return 2
  if (value < 1000) return 3
  if (value < 10_000) return 4
  let digits = 5
  for (let bound = 100_000; value >= bound; bound *= 10) digits++
  return digits
}
