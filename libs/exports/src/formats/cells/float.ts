import type { CellWriter } from './bytes.js'
import { expectSize } from './fixed-size.js'

/** The shortest digits that read back as the same number, as ECMAScript writes them; `NaN`, `Infinity`, `-Infinity`. */
export const float8Cell: CellWriter = (out, at, source, start, end) => {
  expectSize('float8', 8, start, end)
  return at + out.buffer.write(String(source.view.getFloat64(start)), at, 'latin1')
}

/** A field of another size counts as finite: its writer names what is wrong. */
export const isFiniteFloat = (view: DataView, start: number, end: number): boolean =>
  end - start !== 8 || Number.isFinite(view.getFloat64(start))
