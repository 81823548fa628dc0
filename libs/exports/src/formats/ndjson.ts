import type { FileFormat, RenderOptions } from './format.js'
import { jsonObjects } from './json-rows.js'
import { renderRows, type RowsFormat } from './render-rows.js'

const NEW_LINE = 0x0a

/** An object per line; an empty file when there is no row. */
export const ndjson: FileFormat = {
  name: 'ndjson',
  extension: 'ndjson',
  contentType: 'application/x-ndjson',
  shape: 'nested',
  compressible: true,
  render: (source, options, stats) => renderRows(source, options.columns.length, lineRows(options), stats),
}

function lineRows(options: RenderOptions): RowsFormat {
  const { bound, write } = jsonObjects(options)
  return {
    head: Buffer.alloc(0),
    bound: (size) => bound(size) + 1,
    write: (out, at, tuples) => {
      const to = write(out, at, tuples)
      out.view.setUint8(to, NEW_LINE)
      return to + 1
    },
    tail: () => Buffer.alloc(0),
  }
}
