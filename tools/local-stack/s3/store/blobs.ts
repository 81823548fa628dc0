import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Bytes on disk under a name of their own, never changed after they were written. */
export interface Blob {
  id: string
  /** bytes */
  size: number
  /** 32 hex digits; see {@link Etags} */
  etag: string
}

/**
 * What an ETag is made of. S3's are the MD5 of the bytes unless they are encrypted by a key of one's own (S3, "Object"),
 * and no client may count on it; random ones cost nothing, as with MinIO's `--no-compat`.
 */
export type Etags = 'md5' | 'random'

/** One file per body that arrived, for objects and for parts alike: completing an upload copies nothing. */
export class BlobStore {
  private readonly readers = new Map<string, number>()
  private readonly doomed = new Set<string>()

  constructor(
    private readonly folder: string,
    private readonly etags: Etags,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** Writes a body to its end; a body that fails leaves nothing behind. */
  async write(body: AsyncIterable<Buffer>): Promise<Blob> {
    const id = randomUUID()
    const hash = this.etags === 'md5' ? createHash('md5') : undefined
    let size = 0
    async function* measured(): AsyncGenerator<Buffer> {
      for await (const piece of body) {
        size += piece.length
        hash?.update(piece)
        yield piece
      }
    }
    // Opened first: a stream that opens by itself could create the file after a body's early failure removed it.
    const file = await open(this.path(id), 'wx', 0o600)
    try {
      await pipeline(measured, file.createWriteStream({ highWaterMark: 1024 * 1024 }))
    } catch (error) {
      rmSync(this.path(id), { force: true })
      throw error
    }
    return { id, size, etag: hash?.digest('hex') ?? randomBytes(16).toString('hex') }
  }

  /**
   * Sends a range of blobs laid end to end, and leaves the target open.
   * @param start first byte, inclusive
   * @param end last byte, inclusive
   */
  async send(blobs: readonly Blob[], start: number, end: number, target: Writable): Promise<void> {
    const release = this.hold(blobs)
    try {
      await pipeline(this.read(blobs, start, end), target, { end: false })
    } finally {
      release()
    }
  }

  /** One new blob with the bytes of others laid end to end. */
  async copy(blobs: readonly Blob[]): Promise<Blob> {
    const release = this.hold(blobs)
    try {
      return await this.write(this.read(blobs))
    } finally {
      release()
    }
  }

  /** Removes blobs, each as soon as nobody reads it any more: who began to read an object gets all of it. */
  discard(blobs: readonly Blob[]): void {
    for (const { id } of blobs) {
      if (this.readers.has(id)) this.doomed.add(id)
      else rmSync(this.path(id), { force: true })
    }
  }

  /** Removes what a killed process left behind. To be called before the first write. */
  keepOnly(blobs: Iterable<Blob>): void {
    const wanted = new Set(Array.from(blobs, (blob) => blob.id))
    for (const id of readdirSync(this.folder)) {
      if (!wanted.has(id)) rmSync(this.path(id))
    }
  }

  private async *read(blobs: readonly Blob[], start = 0, end = Infinity): AsyncGenerator<Buffer> {
    let offset = 0
    for (const { id, size } of blobs) {
      const from = Math.max(start - offset, 0)
      const to = Math.min(end - offset, size - 1)
      offset += size
      if (from <= to)
        yield* createReadStream(this.path(id), { start: from, end: to }) as AsyncIterable<Buffer>
    }
  }

  private hold(blobs: readonly Blob[]): () => void {
    for (const { id } of blobs) this.readers.set(id, (this.readers.get(id) ?? 0) + 1)
    return () => {
      for (const { id } of blobs) this.letGo(id)
    }
  }

  private letGo(id: string): void {
    const others = (this.readers.get(id) ?? 1) - 1
    if (others > 0) {
      this.readers.set(id, others)
      return
    }
    this.readers.delete(id)
    if (this.doomed.delete(id)) rmSync(this.path(id), { force: true })
  }

  private path(id: string): string {
    return join(this.folder, id)
  }
}
