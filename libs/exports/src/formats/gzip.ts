import { type Checksum, deflatePieces, PIECE_BYTES } from './deflate-pieces.js'

/** Method deflate, no name, no time: the same rows give the same bytes (RFC 1952, section 2.3). */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])

/**
 * Compresses what a renderer yields. The chunks it yields are the reader's to keep.
 *
 * @param level zlib's; higher ones cost several times the time for files a fifth smaller
 */
export async function* gzip(source: AsyncIterable<Buffer>, level = 1): AsyncGenerator<Buffer> {
  const checksum: Checksum = { crc: 0, size: 0 }
  let header: Buffer | undefined = HEADER
  for await (const compressed of deflatePieces(inPieces(source), checksum, level)) {
    // Not before: a source that was never started can't be closed when nobody reads on.
    if (header !== undefined) yield header
    header = undefined
    yield compressed
  }
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(checksum.crc, 0)
  trailer.writeUInt32LE(checksum.size % 2 ** 32, 4)
  yield trailer
}

/** Copies what is still to be read when the renderer goes on: its buffers are used over and over. */
async function* inPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let piece = Buffer.allocUnsafeSlow(PIECE_BYTES)
  let length = 0
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length;) {
      const count = chunk.copy(piece, length, from)
      from += count
      length += count
      if (length < PIECE_BYTES) continue
      yield piece
      piece = Buffer.allocUnsafeSlow(PIECE_BYTES)
      length = 0
    }
  }
  if (length > 0) yield piece.subarray(0, length)
}
