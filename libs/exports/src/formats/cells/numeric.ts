import { CopyFormatError } from '../../pipeline/copy-tuples.js'
import type { Bytes, CellWriter } from './bytes.js'
import { putFourDigits, putUnsigned } from './digits.js'

/** PostgreSQL's limits: 131,072 digits before the point and 16,383 after it, sign and point. */
export const MAX_NUMERIC_LENGTH = 131_072 + 16_383 + 3

const HEADER_BYTES = 8
const NEGATIVE = 0x4000
const NAN = 0xc000
const INFINITY = 0xd000
const MINUS_INFINITY = 0xf000

/**
 * A numeric as PostgreSQL writes it, with all digits of its scale; `NaN`, `Infinity`, `-Infinity`.
 * The field is int16 counts of digits, weight, sign and scale, then digits to the base 10,000, the
 * first of them worth 10,000^weight (numeric_send in PostgreSQL's numeric.c).
 */
export const numericCell: CellWriter = (out, at, source, start, end) => {
  const { view } = source
  const count = end - start < HEADER_BYTES ? -1 : view.getUint16(start)
  if (end - start !== HEADER_BYTES + 2 * count)
    throw new CopyFormatError(`${end - start} bytes are no numeric`)
  const sign = view.getUint16(start + 4)
  switch (sign) {
    case NAN:
      return at + out.buffer.write('NaN', at, 'latin1')
    case INFINITY:
      return at + out.buffer.write('Infinity', at, 'latin1')
    case MINUS_INFINITY:
      return at + out.buffer.write('-Infinity', at, 'latin1')
    case NEGATIVE:
      out.view.setUint8(at, 0x2d)
      return putDigits(out, at + 1, view, start, count)
    default:
      return putDigits(out, at, view, start, count)
  }
}

/** A field that is too short counts as finite: its writer names what is wrong. */
export const isFiniteNumeric = (view: DataView, start: number, end: number): boolean =>
  end - start < HEADER_BYTES || view.getUint16(start + 4) < NAN

function putDigits(out: Bytes, at: number, view: DataView, start: number, count: number): number {
  const weight = view.getInt16(start + 2)
  const scale = view.getUint16(start + 6)
  const first = start + HEADER_BYTES
  let to = putUnsigned(out, at, weight < 0 ? 0 : digit(view, first, count, 0))
  for (let i = 1; i <= weight; i++) to = putFourDigits(out, to, digit(view, first, count, i))
  if (scale === 0) return to
  out.view.setUint8(to, 0x2e)
  const point = to + 1
  to = point
  for (let i = weight + 1; to < point + scale; i++) {
    to = putFourDigits(out, to, digit(view, first, count, i))
  }
  // The last group may have more digits than the scale.
  return point + scale
}

/** Digits that are not in the field, before its first and after its last, are zeros. */
const digit = (view: DataView, first: number, count: number, i: number): number =>
  i >= 0 && i < count ? view.getUint16(first + 2 * i) : 0
