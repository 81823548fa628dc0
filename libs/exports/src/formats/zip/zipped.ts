import { inPieces } from '../in-pieces.js'
import { ZipWriter } from './zip-writer.js'

/**
 * A zip file with one file in it, of what a renderer yields. Nothing in it tells of when it was made: the same
 * bytes give the same zip.
 */
export async function* zipped(name: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const zip = new ZipWriter()
  yield* zip.file(name, inPieces(source))
  yield zip.end()
}
