import type { Bytes, CellWriter } from './bytes.js'
import { putPadded, putUnsigned } from './digits.js'
import { expectSize } from './fixed-size.js'

const MINUS = 0x2d

export const int4Cell: CellWriter = (out, at, source, start, end) => {
  expectSize('int4', 4, start, end)
  return putInteger(out, at, source.view.getInt32(start))
}

export const int8Cell: CellWriter = (out, at, source, start, end) => {
  expectSize('int8', 8, start, end)
  const value = source.view.getInt32(start) * 2 ** 32 + source.view.getUint32(start + 4)
  if (Number.isSafeInteger(value)) return putInteger(out, at, value)
  return at + out.buffer.write(source.view.getBigInt64(start).toString(), at, 'latin1')
}

/** Writes a safe integer. */
export function putInteger(out: Bytes, at: number, value: number): number {
  if (value < 0) {
    out.view.setUint8(at, MINUS)
    return putInteger(out, at + 1, -value)
  }
  if (value < 1e9) return putUnsigned(out, at, value)
  // Two halves that fit 32-bit integers.
  const high = Math.floor(value / 1e8)
  return putPadded(out, putUnsigned(out, at, high), value - high * 1e8, 8)
}
