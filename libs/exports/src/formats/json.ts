import type { FileFormat, RenderOptions } from './format.js'
import { jsonObjects } from './json-rows.js'
import { renderRows, type RowsFormat } from './render-rows.js'

const OPENING_BRACKET = 0x5b
const COMMA = 0x2c
const NEW_LINE = 0x0a

/** One array, an object per line: `[\n{…},\n{…}\n]\n`, and `[]\n` when there is no row. */
export const json: FileFormat = {
  name: 'json',
  extension: 'json',
  contentType: 'application/json',
  shape: 'nested',
  compressible: true,
  render: (source, options, stats) => renderRows(source, options.columns.length, arrayRows(options), stats),
}

function arrayRows(options: RenderOptions): RowsFormat {
  const { bound, write } = jsonObjects(options)
  let opening = OPENING_BRACKET
  return {
    head: Buffer.alloc(0),
    bound: (size) => bound(size) + 2,
    write: (out, at, tuples) => {
      out.view.setUint8(at, opening)
      out.view.setUint8(at + 1, NEW_LINE)
      opening = COMMA
      return write(out, at + 2, tuples)
    },
    tail: () => Buffer.from(opening === OPENING_BRACKET ? '[]\n' : '\n]\n'),
  }
}
