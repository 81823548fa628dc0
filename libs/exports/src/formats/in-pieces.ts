import { PIECE_BYTES, type Pieces } from './deflate-pieces.js'

/** Copies what is still to be read when the renderer goes on, because its buffers are used over and over, into pieces. */
export const inPieces = (source: AsyncIterable<Buffer>): Pieces =>
  async function* (output) {
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
