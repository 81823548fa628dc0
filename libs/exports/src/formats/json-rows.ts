import type { Column } from '#core'
import type { CopyTuples } from '../pipeline/copy-tuples.js'
import { boolCell } from './cells/bool.js'
import { type Bytes, type CellWriter, Constant, put } from './cells/bytes.js'
import { float8Cell, isFiniteFloat } from './cells/float.js'
import { int4Cell, int8Cell } from './cells/integers.js'
import { isoDateCell, isoTimeCell } from './cells/iso-time.js'
import { jsonbText } from './cells/jsonb.js'
import { maxLength } from './cells/max-length.js'
import { isFiniteNumeric, numericCell } from './cells/numeric.js'
import { uuidCell } from './cells/uuid.js'
import type { RenderOptions } from './format.js'
import { JSON_GROWTH, jsonText } from './json-text.js'
import type { RowsFormat } from './render-rows.js'

const QUOTE = 0x22
const CLOSING_BRACE = 0x7d
const NULL = new Constant('null')

/**
 * Writes a tuple as a JSON object. A number is a number, with all its digits: an int8 beyond 2^53 and a long
 * numeric keep them, though a reader that only has doubles rounds them. What JSON has no number for (NaN,
 * Infinity) is a string, and so are times. jsonb is embedded as PostgreSQL writes it.
 */
export function jsonObjects({ columns, timeZone }: RenderOptions): Pick<RowsFormat, 'bound' | 'write'> {
  const keys = columns.map(({ name }, i) => new Constant(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`))
  const cells = columns.map((column) => cellWriter(column, timeZone))
  const keyBytes = keys.reduce((sum, { length }) => sum + length, 0)
  const constant = columns.reduce((sum, { type }) => sum + maxLength(type) + NULL.length, keyBytes + 4)
  return {
    bound: (size) => JSON_GROWTH * size + constant,
    write: (out: Bytes, at: number, { source, starts, ends }: CopyTuples) => {
      let to = at
      for (let i = 0; i < cells.length; i++) {
        to = put(out, to, keys[i]!)
        const end = ends[i]!
        to = end < 0 ? put(out, to, NULL) : cells[i]!(out, to, source, starts[i]!, end)
      }
      out.view.setUint8(to, CLOSING_BRACE)
      return to + 1
    },
  }
}

function cellWriter({ type }: Column, timeZone: string | undefined): CellWriter {
  switch (type) {
    case 'text':
      return jsonText
    case 'jsonb':
      return jsonbText(putRaw)
    case 'int8':
      return int8Cell
    case 'int4':
      return int4Cell
    case 'float8':
      return quotedUnless(isFiniteFloat, float8Cell)
    case 'bool':
      return boolCell
    case 'timestamptz':
      return quoted(isoTimeCell(timeZone))
    case 'date':
      return quoted(isoDateCell())
    case 'uuid':
      return quoted(uuidCell)
    case 'numeric':
      return quotedUnless(isFiniteNumeric, numericCell)
  }
}

function quoted(writer: CellWriter): CellWriter {
  return (out, at, source, start, end) => {
    out.view.setUint8(at, QUOTE)
    const to = writer(out, at + 1, source, start, end)
    out.view.setUint8(to, QUOTE)
    return to + 1
  }
}

function quotedUnless(isNumber: typeof isFiniteFloat, writer: CellWriter): CellWriter {
  const text = quoted(writer)
  return (out, at, source, start, end) =>
    (isNumber(source.view, start, end) ? writer : text)(out, at, source, start, end)
}

const putRaw: CellWriter = (out, at, source, start, end) => {
  let to = at
  let i = start
  for (; i + 4 <= end; i += 4, to += 4) out.view.setInt32(to, source.view.getInt32(i))
  for (; i < end; i++) out.view.setUint8(to++, source.view.getUint8(i))
  return to
}
