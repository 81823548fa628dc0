import { type CellWriter, Constant, put } from './bytes.js'
import { expectSize } from './fixed-size.js'

const TRUE = new Constant('true')
const FALSE = new Constant('false')

/** `true` or `false`. */
export const boolCell: CellWriter = (out, at, source, start, end) => {
  expectSize('bool', 1, start, end)
  return put(out, at, source.view.getUint8(start) === 0 ? FALSE : TRUE)
}
