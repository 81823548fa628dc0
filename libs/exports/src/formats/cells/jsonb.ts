import { CopyFormatError } from '../../pipeline/copy-tuples.js'
import type { CellWriter } from './bytes.js'

/** The only version of jsonb's binary form there is. */
const VERSION = 1

/** Renders the text of a jsonb, which follows a byte with its version. */
export function jsonbText(writer: CellWriter): CellWriter {
  return (out, at, source, start, end) => {
    if (start === end || source.view.getUint8(start) !== VERSION)
      throw new CopyFormatError('no jsonb of version 1')
    return writer(out, at, source, start + 1, end)
  }
}
