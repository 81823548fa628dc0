import type { CellWriter } from './bytes.js'
import { expectSize } from './fixed-size.js'

/** `00` to `ff` as two bytes of ASCII each. */
const HEX_PAIRS = Uint16Array.from({ length: 256 }, (_, n) =>
  Buffer.from(n.toString(16).padStart(2, '0')).readUInt16BE(),
)
const DASH = 0x2d

/** 36 characters, lower case, as PostgreSQL writes a uuid. */
export const uuidCell: CellWriter = (out, at, source, start, end) => {
  expectSize('uuid', 16, start, end)
  let to = at
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) out.view.setUint8(to++, DASH)
    out.view.setUint16(to, HEX_PAIRS[source.view.getUint8(start + i)]!)
    to += 2
  }
  return to
}
