import { Bytes } from '../formats/cells/bytes.js'

/** The bytes are not a whole binary COPY of the columns that were asked for. */
export class CopyFormatError extends Error {
  override readonly name = 'CopyFormatError'
}

/** The shape of the stream: PostgreSQL's documentation of COPY, "Binary Format". */
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
const HEADER_BYTES = SIGNATURE.length + 8
const TRAILER = 0xffff
/** Flag bits 16 to 31 change how the file is read; the low ones may be ignored. */
const CRITICAL_FLAGS = 0xffff_0000
/** Of each tuple: how many fields it has; then of each field its length. */
const COUNT_BYTES = 2
const LENGTH_BYTES = 4

/** What stands around the tuples of a COPY without flags and extensions. */
export const COPY_HEADER = Buffer.concat([SIGNATURE, Buffer.alloc(HEADER_BYTES - SIGNATURE.length)])
export const COPY_TRAILER = Buffer.from([0xff, 0xff])

/**
 * Finds the tuples in a binary COPY whose chunks may break at any byte. A tuple that lies in one chunk
 * is read where it is; only one that crosses a border is copied.
 *
 *     tuples.push(chunk); while (tuples.next()) { … tuples.source, starts, ends … }; …; tuples.end()
 */
export class CopyTuples {
  /** What `starts` and `ends` point into. Changes with every call of `next`. */
  source: Bytes
  /** Where each field of the current tuple begins. */
  readonly starts: Int32Array
  /** One past each field's last byte; -1 where it is NULL. */
  readonly ends: Int32Array
  /** Bytes of the current tuple. */
  size = 0

  private state: 'header' | 'tuples' | 'ended' = 'header'
  private position = 0
  private limit = 0
  private chunk = new Bytes(Buffer.alloc(0))
  /** Bytes of the chunk that went into `seam` or are being read in place. */
  private taken = 0
  /** Holds what crosses a border: bytes [0, limit) while `source` is it. */
  private seam = new Bytes(Buffer.allocUnsafe(4096))

  constructor(private readonly columns: number) {
    this.source = this.seam
    this.starts = new Int32Array(columns)
    this.ends = new Int32Array(columns)
  }

  /** The bytes of the current tuple, until `next` or `push` is called. */
  get tuple(): Buffer {
    const start = this.starts[0]! - COUNT_BYTES - LENGTH_BYTES
    return this.source.buffer.subarray(start, start + this.size)
  }

  /** Takes the next chunk, whose bytes must stay as they are until `next` has returned false. */
  push(chunk: Buffer): void {
    this.chunk = new Bytes(chunk)
    this.taken = 0
  }

  /** Moves to the next tuple; false when the chunk holds no further one. */
  next(): boolean {
    for (;;) {
      if (this.source === this.seam && this.position === this.limit) this.readChunkInPlace()
      const missing = this.advance()
      if (missing > 0 && !this.stitch(missing)) return false
      if (missing === 0 && this.size > 0) return true
    }
  }

  /** @throws CopyFormatError when the stream ended before its trailer: a part is never taken for the whole */
  end(): void {
    if (this.state !== 'ended') throw new CopyFormatError('the COPY ended before its trailer')
  }

  /** Reads one unit of the stream. Returns how many bytes it lacks at least; 0 when it was read. */
  private advance(): number {
    this.size = 0
    switch (this.state) {
      case 'header':
        return this.readHeader()
      case 'tuples':
        return this.readTuple()
      case 'ended':
        if (this.position < this.limit) throw new CopyFormatError('bytes after the trailer of the COPY')
        return 1
    }
  }

  private readHeader(): number {
    const { source, position, limit } = this
    if (limit - position < HEADER_BYTES) return HEADER_BYTES - (limit - position)
    const signature = source.buffer.subarray(position, position + SIGNATURE.length)
    if (!signature.equals(SIGNATURE)) throw new CopyFormatError('no signature of a binary COPY')
    const flags = source.view.getInt32(position + SIGNATURE.length)
    if ((flags & CRITICAL_FLAGS) !== 0) throw new CopyFormatError('unknown flags in the header of the COPY')
    const extension = source.view.getInt32(position + SIGNATURE.length + 4)
    if (extension < 0) throw new CopyFormatError('a header extension of negative length')
    const end = position + HEADER_BYTES + extension
    if (end > limit) return end - limit
    this.position = end
    this.state = 'tuples'
    return 0
  }

  private readTuple(): number {
    const { source, starts, ends, limit, columns } = this
    const view = source.view
    let at = this.position + 2
    if (at > limit) return at - limit
    const count = view.getUint16(at - 2)
    if (count !== columns) return this.readTrailer(count)
    for (let i = 0; i < columns; i++) {
      // The lengths of the fields to come are missing too: asking for them at once saves tries.
      const toCome = 4 * (columns - i)
      if (at + toCome > limit) return at + toCome - limit
      const length = view.getInt32(at)
      at += 4
      starts[i] = at
      if (length < 0) {
        if (length !== -1) throw new CopyFormatError(`field ${i + 1} has length ${length}`)
        ends[i] = -1
        continue
      }
      if (at + length > limit) return at + length + toCome - 4 - limit
      at += length
      ends[i] = at
    }
    this.size = at - this.position
    this.position = at
    return 0
  }

  private readTrailer(count: number): number {
    if (count !== TRAILER)
      throw new CopyFormatError(`a row of ${count} fields where ${this.columns} were asked for`)
    this.position += 2
    this.state = 'ended'
    return 0
  }

  private readChunkInPlace(): void {
    this.source = this.chunk
    this.position = this.taken
    this.limit = this.chunk.buffer.length
    this.taken = this.limit
  }

  /** Brings up to `missing` further bytes of the chunk behind those that are there; false when it has none. */
  private stitch(missing: number): boolean {
    if (this.source !== this.seam) this.keepRest()
    const { buffer } = this.chunk
    const count = Math.min(missing, buffer.length - this.taken)
    if (count === 0) return false
    this.growSeam(this.limit + count)
    buffer.copy(this.seam.buffer, this.limit, this.taken, this.taken + count)
    this.taken += count
    this.limit += count
    return true
  }

  /** Saves what the chunk has of an unfinished unit, and lets go of the chunk. */
  private keepRest(): void {
    const { source, position, limit } = this
    this.limit = 0
    this.position = 0
    this.growSeam(limit - position)
    source.buffer.copy(this.seam.buffer, 0, position, limit)
    this.limit = limit - position
    this.source = this.seam
  }

  private growSeam(size: number): void {
    const old = this.seam
    if (size <= old.buffer.length) return
    this.seam = new Bytes(Buffer.allocUnsafe(Math.max(size, 2 * old.buffer.length)))
    old.buffer.copy(this.seam.buffer, 0, 0, this.limit)
    if (this.source === old) this.source = this.seam
  }
}
