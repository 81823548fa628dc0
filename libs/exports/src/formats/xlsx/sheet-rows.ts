import type { Column } from '#core'
import type { CopyTuples } from '../../pipeline/copy-tuples.js'
import { Bytes, type CellWriter, Constant, put } from '../cells/bytes.js'
import { expectSize } from '../cells/fixed-size.js'
import { int4Cell, int8Cell } from '../cells/integers.js'
import { jsonbText } from '../cells/jsonb.js'
import { maxLength } from '../cells/max-length.js'
import { uuidCell } from '../cells/uuid.js'
import type { RenderOptions, RenderStats } from '../format.js'
import {
  asNumber,
  asText,
  type CellFrame,
  cellFrame,
  FRAME_BYTES,
  open,
  openings,
  RowNumber,
  TEXT_END,
  VALUE_END,
} from './cell-frame.js'
import { dateCell, dateTimeCell } from './date-cells.js'
import { float8NumberCell, int8NumberCell, numericNumberCell } from './number-cells.js'
import { careful, putCarefully, putClean, XML_GROWTH } from './sheet-text.js'

const ROW_START = new Constant('<row r="')
const ROW_OPEN = new Constant('">')
const ROW_END = new Constant('</row>')

/** Writes the rows of a sheet. NULL is no cell at all, an empty text is a cell without text. */
export class SheetRows {
  private readonly row = new RowNumber()
  private readonly frames: CellFrame[]
  private readonly cells: CellWriter[]
  private readonly constant: number

  constructor(
    private readonly options: RenderOptions,
    stats: RenderStats,
  ) {
    const { columns, timeZone } = options
    this.frames = columns.map((_, i) => cellFrame(i, this.row))
    this.cells = columns.map((column, i) => cellWriter(column, this.frames[i]!, timeZone, stats))
    this.constant = columns.reduce((sum, { type }) => sum + maxLength(type) + FRAME_BYTES, FRAME_BYTES)
  }

  /** The most bytes that a row can become whose tuple has `size` bytes. */
  bound(size: number): number {
    return XML_GROWTH * size + this.constant
  }

  /** Writes the current tuple as row `number`, counted from 1. */
  write(out: Bytes, at: number, number: number, { source, starts, ends }: CopyTuples): number {
    const { cells } = this
    let to = this.openRow(out, at, number)
    for (let i = 0; i < cells.length; i++) {
      const end = ends[i]!
      if (end >= 0) to = cells[i]!(out, to, source, starts[i]!, end)
    }
    return put(out, to, ROW_END)
  }

  /** Row 1: names, and the zone behind those of times, which in their cells have none. */
  header(): Buffer {
    const { columns, timeZone } = this.options
    const names = columns.map(({ name, type }) =>
      Bytes.from(type === 'timestamptz' ? `${name} (${timeZone ?? 'UTC'})` : name),
    )
    const size = names.reduce((sum, { buffer }) => sum + buffer.length, 0)
    const out = new Bytes(Buffer.alloc(this.bound(size)))
    let to = this.openRow(out, 0, 1)
    names.forEach((name, i) => {
      putCarefully(out, open(out, to, this.frames[i]!, openings.headerText), name, 0, name.buffer.length)
      to = put(out, careful.at, TEXT_END)
    })
    return out.buffer.subarray(0, put(out, to, ROW_END))
  }

  private openRow(out: Bytes, at: number, number: number): number {
    this.row.set(number)
    return put(out, put(out, put(out, at, ROW_START), this.row), ROW_OPEN)
  }
}

function cellWriter(
  { type, role }: Column,
  frame: CellFrame,
  timeZone: string | undefined,
  stats: RenderStats,
): CellWriter {
  switch (type) {
    case 'text':
      return textCell(frame, stats)
    case 'jsonb':
      return jsonbText(textCell(frame, stats))
    case 'int8':
      return role === undefined ? int8NumberCell(frame) : asText(frame, int8Cell)
    case 'int4':
      return (role === undefined ? asNumber : asText)(frame, int4Cell)
    case 'float8':
      return float8NumberCell(frame)
    case 'bool':
      return boolCell(frame)
    case 'timestamptz':
      return dateTimeCell(frame, timeZone)
    case 'date':
      return dateCell(frame)
    case 'uuid':
      return asText(frame, uuidCell)
    case 'numeric':
      return numericNumberCell(frame, stats)
  }
}

function textCell(frame: CellFrame, stats: RenderStats): CellWriter {
  return (out, at, source, start, end) => {
    const clean = putClean(out, open(out, at, frame, openings.text), source, start, end)
    if (clean >= 0) return put(out, clean, TEXT_END)
    putCarefully(out, open(out, at, frame, openings.preservedText), source, start, end)
    if (careful.wasCut) stats.truncatedCells++
    return put(out, careful.at, TEXT_END)
  }
}

function boolCell(frame: CellFrame): CellWriter {
  return (out, at, source, start, end) => {
    expectSize('bool', 1, start, end)
    const to = open(out, at, frame, openings.bool)
    out.view.setUint8(to, source.view.getUint8(start) === 0 ? 0x30 : 0x31)
    return put(out, to + 1, VALUE_END)
  }
}
