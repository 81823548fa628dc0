import { PIECE_BYTES, PIECES_AT_A_TIME } from './deflate-pieces.js'
import { Output } from './output.js'

/** Copies what is still to be read when the renderer goes on, because its buffers are used over and over, into pieces for `deflatePieces`. */
export async function* inPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const output = new Output(PIECE_BYTES, PIECES_AT_A_TIME)
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length;) {
      const part = chunk.subarray(from, from + PIECE_BYTES - output.length)
      output.append(part)
      from += part.length
      if (output.isFull) yield output.take()
    }
  }
  if (output.length > 0) yield output.take()
}
