import { PIECE_BYTES, PIECES_AT_A_TIME } from './deflate-pieces.js'

/**
 * Copies what is still to be read when the renderer goes on, because its buffers are used over and over. So are the pieces,
 * as `deflatePieces` allows.
 */
export async function* inPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const buffers: Buffer[] = []
  let turn = 0
  const next = () => (buffers[turn++ % PIECES_AT_A_TIME] ??= Buffer.allocUnsafeSlow(PIECE_BYTES))
  let piece = next()
  let length = 0
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length;) {
      const count = chunk.copy(piece, length, from)
      from += count
      length += count
      if (length < PIECE_BYTES) continue
      yield piece
      piece = next()
      length = 0
    }
  }
  if (length > 0) yield piece.subarray(0, length)
}
