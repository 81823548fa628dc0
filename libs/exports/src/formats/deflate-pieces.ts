import { promisify } from 'node:util'
import { constants, crc32, deflateRaw } from 'node:zlib'

const deflate = promisify(deflateRaw)

/** Enough that a fresh dictionary costs little (1 % of size against 1 MB), little enough to have a few in memory. */
export const PIECE_BYTES = 512 * 1024

/** Pieces compressed at a time on zlib's threads, of which Node has four. */
const IN_FLIGHT = 4

/** zlib hands its output on in chunks; one as large as the piece takes it whole. It refuses to go below this. */
const MIN_CHUNK = 1024

/** An empty last block of deflate: pieces end at a flush, and none of them knows that it is the last. */
const LAST_BLOCK = Buffer.from([0x03, 0x00])

/** Of the bytes before they were compressed. */
export interface Checksum {
  crc: number
  size: number
}

/**
 * Compresses pieces side by side, each on its own, and yields one deflate stream in their order. One stream
 * alone would wait for the renderer after each of its writes. A piece must stay as it is once it was yielded.
 *
 * @param checksum counted on the way, whole at the end
 */
export async function* deflatePieces(
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
  checksum: Checksum,
  level = 1,
): AsyncGenerator<Buffer> {
  const inFlight: Promise<Buffer>[] = []
  for await (const piece of pieces) {
    checksum.crc = crc32(piece, checksum.crc)
    checksum.size += piece.length
    inFlight.push(compress(piece, level))
    if (inFlight.length >= IN_FLIGHT) yield (await inFlight.shift())!
  }
  for (const compressed of inFlight) yield await compressed
  yield LAST_BLOCK
}

function compress(piece: Buffer, level: number): Promise<Buffer> {
  const chunkSize = Math.max(MIN_CHUNK, piece.length)
  const compressed = deflate(piece, { level, finishFlush: constants.Z_SYNC_FLUSH, chunkSize })
  // Whoever stops early reads no more of these: a fault then is nobody's, not an unhandled one.
  compressed.catch(() => undefined)
  return compressed
}
