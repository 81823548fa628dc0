import { deflatePieces, type Pieces } from '../deflate-pieces.js'
import { centralDirectory, dataDescriptor, localHeader, type ZipEntry } from './records.js'

/** Writes a zip file as a stream, without knowing how large a file in it will be. */
export class ZipWriter {
  private readonly entries: ZipEntry[] = []
  private offset = 0

  /** Adds a file. */
  async *file(name: string, pieces: Pieces): AsyncGenerator<Buffer> {
    const entry: ZipEntry = { name, offset: this.offset, crc: 0, compressedSize: 0, size: 0 }
    yield this.count(localHeader(name))
    const dataAt = this.offset
    for await (const compressed of deflatePieces(pieces, entry)) yield this.count(compressed)
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
