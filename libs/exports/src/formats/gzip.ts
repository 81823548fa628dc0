import { type Checksum, deflatePieces } from './deflate-pieces.js'
import { inPieces } from './in-pieces.js'

/** Method deflate, no name, no time: the same rows give the same bytes (RFC 1952, section 2.3). */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])

/** Compresses what a renderer yields. The chunks it yields are the reader's to keep. */
export async function* gzip(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const checksum: Checksum = { crc: 0, size: 0 }
  let header: Buffer | undefined = HEADER
  for await (const compressed of deflatePieces(inPieces(source), checksum)) {
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
