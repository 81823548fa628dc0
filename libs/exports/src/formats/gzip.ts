import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** Handing zlib small pieces costs more than compressing them (measured at 64 KB). */
const PIECE_BYTES = 256 * 1024

/**
 * Compresses what a renderer yields. The chunks it yields are the reader's to keep.
 *
 * @param level 1 costs a tenth of the time of the highest and gives files a fifth larger
 */
export async function* gzip(source: AsyncIterable<Buffer>, level = 1): AsyncGenerator<Buffer> {
  const deflate = createGzip({ level, chunkSize: PIECE_BYTES })
  // A fault of the source destroys `deflate` with it, which throws it to whoever reads below.
  const fed = pipeline(inPieces(source), deflate).catch(() => undefined)
  try {
    yield* deflate
  } finally {
    deflate.destroy()
    await fed
  }
}

/** Copies what is still to be read when the renderer goes on: its buffers are used over and over. */
async function* inPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let piece = Buffer.allocUnsafe(PIECE_BYTES)
  let length = 0
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length;) {
      const count = chunk.copy(piece, length, from)
      from += count
      length += count
      if (length < PIECE_BYTES) continue
      yield piece
      piece = Buffer.allocUnsafe(PIECE_BYTES)
      length = 0
    }
  }
  if (length > 0) yield piece.subarray(0, length)
}
