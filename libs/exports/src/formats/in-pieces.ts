import { PIECE_BYTES } from './deflate-pieces.js'

/** Copies what is still to be read when the renderer goes on: its buffers are used over and over. */
export async function* inPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
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
