import { promisify } from 'node:util'
import { constants, crc32, deflateRaw } from 'node:zlib'
import { centralDirectory, dataDescriptor, localHeader, type ZipEntry } from './zip.js'

const deflate = promisify(deflateRaw)

/** Pieces compressed at a time on zlib's threads, of which Node has four. */
const IN_FLIGHT = 4

/** zlib hands its output on in chunks; one as large as the piece takes it whole. It refuses to go below this. */
const MIN_CHUNK = 1024

/** An empty last block of deflate: pieces end at a flush, and none of them knows that it is the last. */
const LAST_BLOCK = Buffer.from([0x03, 0x00])

/**
 * Writes a zip file as a stream. A file in it is compressed in pieces, each on its own, so that several
 * threads work on it: level 1 and a fresh dictionary per piece cost some size, and less than half the time.
 */
export class ZipWriter {
  private readonly entries: ZipEntry[] = []
  private offset = 0

  /** Adds a file. A piece must stay as it is from when it was yielded. */
  async *file(name: string, pieces: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
    const entry: ZipEntry = { name, offset: this.offset, crc: 0, compressedSize: 0, size: 0 }
    yield this.count(localHeader(name))
    const dataAt = this.offset
    for await (const compressed of compress(pieces, entry)) yield this.count(compressed)
    entry.compressedSize = this.offset - dataAt
    this.entries.push(entry)
    yield this.count(dataDescriptor(entry))
  }

  /** The directory, which ends the zip file. */
  end(): Buffer {
    return centralDirectory(this.entries, this.offset)
  }

  private count(bytes: Buffer): Buffer {
    this.offset += bytes.length
    return bytes
  }
}

/** Compresses pieces side by side and yields them in order; counts them in `entry`. */
async function* compress(
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
  entry: ZipEntry,
): AsyncGenerator<Buffer> {
  const inFlight: Promise<Buffer>[] = []
  for await (const piece of pieces) {
    entry.crc = crc32(piece, entry.crc)
    entry.size += piece.length
    inFlight.push(compressPiece(piece))
    if (inFlight.length >= IN_FLIGHT) yield (await inFlight.shift())!
  }
  for (const compressed of inFlight) yield await compressed
  yield LAST_BLOCK
}

function compressPiece(piece: Buffer): Promise<Buffer> {
  const compressed = deflate(piece, {
    level: 1,
    finishFlush: constants.Z_SYNC_FLUSH,
    chunkSize: Math.max(MIN_CHUNK, piece.length),
  })
  // Whoever stops early reads no more of these: a fault then is nobody's, not an unhandled one.
  compressed.catch(() => undefined)
  return compressed
}
