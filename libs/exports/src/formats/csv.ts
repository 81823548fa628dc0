import type { Column } from '#core'
import type { CopyTuples } from '../pipeline/copy-tuples.js'
import { boolCell } from './cells/bool.js'
import { Bytes, type CellWriter } from './cells/bytes.js'
import { float8Cell } from './cells/float.js'
import { int4Cell, int8Cell } from './cells/integers.js'
import { isoDateCell, isoTimeCell } from './cells/iso-time.js'
import { jsonbText } from './cells/jsonb.js'
import { maxLength } from './cells/max-length.js'
import { numericCell } from './cells/numeric.js'
import { uuidCell } from './cells/uuid.js'
import { plainText } from './csv-text.js'
import type { FileFormat, RenderOptions } from './format.js'
import { guardedText, type Harmless } from './formula-guard.js'
import { renderRows, type RowsFormat } from './render-rows.js'

const machine = { delimiter: ',', lineEnd: '\n', byteOrderMark: '' }

/**
 * `machine` ends lines as PostgreSQL does, so that raw text compares byte for byte with COPY's csv;
 * `excel-es` is what Excel opens by a double click where the decimal sign is a comma.
 */
const profiles = {
  machine,
  'excel-es': { delimiter: ';', lineEnd: '\r\n', byteOrderMark: '\ufeff' },
}
type Profile = typeof machine

/** A text may double, since each guard inside it follows a byte that does not, plus quotes around it and a guard in front. */
const GROWTH = 2
const PER_CELL = 3

/** RFC 4180 with a header. NULL is an empty cell, an empty text is `""`; booleans are `true` and `false`. */
export const csv: FileFormat = {
  name: 'csv',
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8',
  shape: 'flat',
  compressible: true,
  render: (source, options, stats) => renderRows(source, options.columns.length, csvRows(options), stats),
}

function csvRows(options: RenderOptions): RowsFormat {
  const { columns, timeZone } = options
  const { profile: name, raw } = options.csv ?? { profile: 'machine', raw: false }
  const profile = profiles[name]
  const texts = textWriters(profile.delimiter, raw, columns.length === 1)
  const cells = columns.map((column) => cellWriter(column, texts, timeZone))
  const constant = columns.reduce((sum, { type }) => sum + maxLength(type) + PER_CELL, profile.lineEnd.length)
  return {
    head: head(columns, texts, profile),
    bound: (size) => GROWTH * size + constant,
    write: rowWriter(cells, profile),
    tail: () => Buffer.alloc(0),
  }
}

function rowWriter(cells: CellWriter[], { delimiter, lineEnd }: Profile): RowsFormat['write'] {
  const delimiterByte = delimiter.charCodeAt(0)
  const lastByte = lineEnd.charCodeAt(lineEnd.length - 1)
  const carriageReturn = lineEnd.length > 1
  return (out: Bytes, at: number, { source, starts, ends }: CopyTuples) => {
    let to = at
    for (let i = 0; i < cells.length; i++) {
      if (i > 0) out.view.setUint8(to++, delimiterByte)
      const end = ends[i]!
      if (end >= 0) to = cells[i]!(out, to, source, starts[i]!, end)
    }
    if (carriageReturn) out.view.setUint8(to++, 0x0d)
    out.view.setUint8(to, lastByte)
    return to + 1
  }
}

interface TextWriters {
  /** Texts that someone typed. */
  text: CellWriter
  phone: CellWriter
  /** The text of a JSON value. */
  json: CellWriter
}

function textWriters(delimiter: string, raw: boolean, isOnlyColumn: boolean): TextWriters {
  const alone = isOnlyColumn ? notEndOfData : (writer: CellWriter) => writer
  const plain = alone(plainText(delimiter))
  if (raw) return { text: plain, phone: plain, json: plain }
  const guarded = (harmless?: Harmless) => alone(guardedText(delimiter, harmless))
  return { text: guarded(), phone: guarded('phone'), json: guarded('json') }
}

/** A line that is only `\.` ends the data for PostgreSQL's COPY FROM, so COPY TO quotes it, and so do we. */
function notEndOfData(writer: CellWriter): CellWriter {
  return (out, at, source, start, end) => {
    if (end - start !== 2 || source.view.getUint16(start) !== 0x5c2e)
      return writer(out, at, source, start, end)
    return at + out.buffer.write('"\\."', at, 'latin1')
  }
}

function cellWriter({ type, role }: Column, texts: TextWriters, timeZone: string | undefined): CellWriter {
  switch (type) {
    case 'text':
      return role === 'phone' || role === 'json' ? texts[role] : texts.text
    case 'jsonb':
      // No JSON starts like a formula but a number; its strings can hold one behind a delimiter.
      return jsonbText(texts.json)
    case 'int8':
      return int8Cell
    case 'int4':
      return int4Cell
    case 'float8':
      return float8Cell
    case 'bool':
      return boolCell
    case 'timestamptz':
      return isoTimeCell(timeZone)
    case 'date':
      return isoDateCell()
    case 'uuid':
      return uuidCell
    case 'numeric':
      return numericCell
  }
}

/** Names can come from metadata, so they are guarded as text is. */
function head(columns: readonly Column[], { text }: TextWriters, profile: Profile): Buffer {
  const names = columns.map(({ name }) => {
    const source = Bytes.from(name)
    const out = new Bytes(Buffer.alloc(GROWTH * source.buffer.length + PER_CELL + 4))
    return out.buffer.toString('utf8', 0, text(out, 0, source, 0, source.buffer.length))
  })
  return Buffer.from(profile.byteOrderMark + names.join(profile.delimiter) + profile.lineEnd)
}
