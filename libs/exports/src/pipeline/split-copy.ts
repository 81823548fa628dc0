import { COPY_HEADER, COPY_TRAILER, CopyTuples } from './copy-tuples.js'

/** Chunks handed on are about this long. */
const CHUNK_BYTES = 64 * 1024

/** The rows of a binary COPY that have one value in a column, as a binary COPY of their own. */
export interface CopyPart {
  /** The value, a text. */
  key: string
  /** A chunk is valid only until the next one is asked for. */
  rows: AsyncGenerator<Buffer>
}

/**
 * Cuts a binary COPY wherever the text in one of its columns changes. The rows of a part are read to their end before
 * the next part is asked for; who asks for no more ends the COPY.
 *
 * @param columns how many the COPY has
 * @param by the column's number from 0; it is never NULL
 * @throws CopyFormatError for a malformed or truncated source
 */
export async function* splitCopy(
  source: AsyncIterable<Buffer>,
  columns: number,
  by: number,
): AsyncGenerator<CopyPart> {
  const rows = new Rows(source, columns)
  try {
    let found = await rows.next()
    while (found) {
      const key = Buffer.from(rows.field(by))
      const part = { next: false }
      yield { key: key.toString(), rows: partOf(rows, by, key, part) }
      found = part.next
    }
  } finally {
    await rows.close()
  }
}

/** @param part told whether a row of another part follows */
async function* partOf(rows: Rows, by: number, key: Buffer, part: { next: boolean }): AsyncGenerator<Buffer> {
  let chunk = [COPY_HEADER]
  let bytes = 0
  do {
    // Copied: the row is overwritten when the next one is read.
    const row = Buffer.from(rows.row)
    chunk.push(row)
    bytes += row.length
    if (bytes >= CHUNK_BYTES) {
      yield Buffer.concat(chunk)
      chunk = []
      bytes = 0
    }
    part.next = await rows.next()
  } while (part.next && rows.field(by).equals(key))
  yield Buffer.concat([...chunk, COPY_TRAILER])
}

/** The rows of a COPY, one by one. */
class Rows {
  private readonly tuples: CopyTuples
  private readonly chunks: AsyncIterator<Buffer>

  constructor(source: AsyncIterable<Buffer>, columns: number) {
    this.tuples = new CopyTuples(columns)
    this.chunks = source[Symbol.asyncIterator]()
  }

  /** Moves to the next row; false after the last one. */
  async next(): Promise<boolean> {
    while (!this.tuples.next()) {
      const chunk = await this.chunks.next()
      if (chunk.done === true) {
        this.tuples.end()
        return false
      }
      this.tuples.push(chunk.value)
    }
    return true
  }

  get row(): Buffer {
    return this.tuples.tuple
  }

  field(index: number): Buffer {
    const { source, starts, ends } = this.tuples
    return source.buffer.subarray(starts[index], ends[index])
  }

  async close(): Promise<void> {
    await this.chunks.return?.()
  }
}
