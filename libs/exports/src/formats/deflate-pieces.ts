import type { TransformOptions } from 'node:stream'
import { constants, crc32, createDeflateRaw, type ZlibOptions } from 'node:zlib'
import { Output } from './output.js'

/** Enough that a fresh dictionary costs little (1 % of size against 1 MB), little enough to have a few in memory. */
export const PIECE_BYTES = 512 * 1024

/** Pieces compressed at a time on zlib's threads, of which Node has four. */
export const PIECES_AT_A_TIME = 4

/** zlib's. Higher ones cost several times the time for files a fifth smaller. */
const LEVEL = 1

/** Room for what three pieces of rows are compressed to. A chunk that is full is garbage, in memory that Node allocates. */
const CHUNK_BYTES = 256 * 1024

/** An empty last block of deflate: pieces end at a flush, and none of them knows that it is the last. */
const LAST_BLOCK = Buffer.from([0x03, 0x00])

/**
 * Yields the pieces of one stream. A piece must stay as it is until PIECES_AT_A_TIME pieces after it were requested, as those do
 * that are written into the output, which has a buffer for each.
 */
export type Pieces = (output: Output) => AsyncIterable<Buffer> | Iterable<Buffer>

/** Of the bytes before they were compressed. */
export interface Checksum {
  crc: number
  size: number
}

/**
 * Compresses pieces side by side, each on its own, and yields one deflate stream in their order. One stream
 * alone would wait for the renderer after each of its writes.
 *
 * @param checksum counted on the way, whole at the end
 */
export async function* deflatePieces(pieces: Pieces, checksum: Checksum): AsyncGenerator<Buffer> {
  const output = new Output(PIECE_BYTES, PIECES_AT_A_TIME)
  const deflaters: PieceDeflater[] = []
  const inFlight: Promise<Buffer>[] = []
  try {
    let turn = 0
    for await (const piece of pieces(output)) {
      checksum.crc = crc32(piece, checksum.crc)
      checksum.size += piece.length
      // The one whose piece was waited for last.
      const deflater = (deflaters[turn++ % PIECES_AT_A_TIME] ??= new PieceDeflater())
      inFlight.push(deflater.compress(piece))
      if (inFlight.length >= PIECES_AT_A_TIME) yield (await inFlight.shift())!
    }
    for (const compressed of inFlight) yield await compressed
    yield LAST_BLOCK
  } finally {
    // Threads read the output until then.
    await Promise.allSettled(inFlight)
    output.free()
    for (const deflater of deflaters) deflater.close()
  }
}

/**
 * Compresses one piece after the other, each as if it were the first, in memory that it keeps: what zlib needs for one is
 * half of a piece, and a file of a million rows has a thousand of them.
 */
class PieceDeflater {
  private readonly stream

  constructor() {
    const options: ZlibOptions & Pick<TransformOptions, 'readableHighWaterMark'> = {
      level: LEVEL,
      flush: constants.Z_SYNC_FLUSH,
      chunkSize: CHUNK_BYTES,
      // It is read when a piece is done, and must not wait for it before.
      readableHighWaterMark: Number.MAX_SAFE_INTEGER,
    }
    this.stream = createDeflateRaw(options)
    // The write that failed says so too.
    this.stream.on('error', () => undefined)
  }

  /** One at a time. */
  compress(piece: Buffer): Promise<Buffer> {
    // Before a piece, because the stream may be closed by the time that one is done.
    this.stream.reset()
    const compressed = new Promise<Buffer>((resolve, reject) => {
      this.stream.write(piece, (error) => (error ? reject(error) : resolve(this.stream.read() as Buffer)))
    })
    // Whoever stops early reads no more of these: a fault then is nobody's, not an unhandled one.
    compressed.catch(() => undefined)
    return compressed
  }

  close(): void {
    this.stream.destroy()
  }
}
