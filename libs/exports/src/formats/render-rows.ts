import { CopyTuples } from '../pipeline/copy-tuples.js'
import type { Bytes } from './cells/bytes.js'
import type { RenderStats } from './format.js'
import { Output } from './output.js'

/** Chunks handed on are about this long. */
const CHUNK_BYTES = 128 * 1024

/** What a text format makes of rows. */
export interface RowsFormat {
  /** Before the first row. */
  head: Buffer
  /** The most bytes that a row can become whose tuple has `size` bytes. */
  bound(size: number): number
  /** Writes the current tuple. Returns where the next byte goes. */
  write(out: Bytes, at: number, tuples: CopyTuples): number
  /** After the last row. */
  tail(rows: number): Buffer
}

/** Renders tuple by tuple into one buffer that is handed on when it is full. */
export async function* renderRows(
  source: AsyncIterable<Buffer>,
  columns: number,
  format: RowsFormat,
  stats: RenderStats,
): AsyncGenerator<Buffer> {
  const tuples = new CopyTuples(columns)
  const output = new Output(CHUNK_BYTES)
  try {
    output.append(format.head)
    for await (const chunk of source) {
      tuples.push(chunk)
      while (fill(output, tuples, format, stats)) yield output.take()
    }
    tuples.end()
    output.append(format.tail(stats.rows))
    if (output.length > 0) yield output.take()
  } finally {
    output.free()
  }
}

/** Renders until the output is full (true) or the chunk is read (false). Its own function, so that no `yield` is in the hot loop. */
function fill(output: Output, tuples: CopyTuples, format: RowsFormat, stats: RenderStats): boolean {
  while (tuples.next()) {
    output.ensure(format.bound(tuples.size))
    output.length = format.write(output.target, output.length, tuples)
    stats.rows++
    if (output.isFull) return true
  }
  return false
}
