import { createHash } from 'node:crypto'
import type { ObjectStore } from '#core'

/** Parts of 8 MiB, three on their way while a fourth is filled: 32 MiB of buffers, whatever the file's size. */
export const PART_BYTES = 8 * 1024 * 1024
const PARTS_IN_FLIGHT = 3
/** S3's limit; with our parts a file may have 80 GB. */
const MAX_PARTS = 10_000
/** A store that does not answer must not keep a worker that shuts down from handing its work back. */
const UNDO_MS = 3000

/** The file would need more parts than the protocol has. */
export class ObjectTooLargeError extends Error {}

export interface UploadTarget {
  key: string
  contentType: string
  /** Called before the first part is sent, so that an upload that is left behind can be found. */
  onUpload(uploadId: string): Promise<void>
}

export interface UploadedObject {
  bytes: number
  /** Hex. */
  sha256: string
}

/**
 * Moves a stream of bytes into the store: as one PUT where it fits into a part, else as a multipart
 * upload. The buffers are reused, so memory is flat; a slow store slows the source down.
 */
export class MultipartUpload {
  private readonly hash = createHash('sha256')
  private readonly etags: string[] = []
  private readonly inFlight = new Set<Promise<void>>()
  private readonly idle: Buffer[] = []
  private readonly abort = new AbortController()
  private readonly signal: AbortSignal
  private failure: Error | undefined
  private uploadId: string | undefined
  private part: Buffer = Buffer.alloc(0)
  private filled = 0
  /** Bytes taken from the source so far. */
  bytes = 0

  constructor(
    private readonly store: ObjectStore,
    private readonly target: UploadTarget,
    signal: AbortSignal,
  ) {
    this.signal = AbortSignal.any([signal, this.abort.signal])
  }

  /** @throws ObjectTooLargeError, or what the source or the store threw; then nothing is left in the store, if it can be reached */
  async run(source: AsyncIterable<Buffer>): Promise<UploadedObject> {
    try {
      for await (const chunk of source) await this.write(chunk)
      await this.finish()
      return { bytes: this.bytes, sha256: this.hash.digest('hex') }
    } catch (error) {
      await this.undo()
      throw error
    }
  }

  /** Copies: a chunk is valid only until the next one is asked for. */
  private async write(chunk: Buffer): Promise<void> {
    let offset = 0
    while (offset < chunk.length) {
      if (this.filled === PART_BYTES) await this.sendPart()
      if (this.filled === 0) this.part = await this.emptyBuffer()
      const copied = chunk.copy(this.part, this.filled, offset)
      this.filled += copied
      offset += copied
    }
    this.bytes += chunk.length
  }

  private async finish(): Promise<void> {
    const last = this.part.subarray(0, this.filled)
    if (this.uploadId === undefined) {
      this.hash.update(last)
      return this.store.put(this.target.key, last, this.target.contentType, this.signal)
    }
    if (this.filled > 0) await this.sendPart()
    await Promise.all(this.inFlight)
    this.throwFailure()
    await this.store.completeUpload(this.target.key, this.uploadId, this.etags, this.signal)
  }

  private async sendPart(): Promise<void> {
    this.uploadId ??= await this.begin()
    const number = this.etags.push('')
    if (number > MAX_PARTS)
      throw new ObjectTooLargeError(`more than ${MAX_PARTS} parts of ${PART_BYTES} bytes`)
    const buffer = this.part
    const body = buffer.subarray(0, this.filled)
    this.filled = 0
    const sent = this.store.uploadPart(this.target.key, this.uploadId, number, body, this.signal).then(
      (etag) => {
        this.etags[number - 1] = etag
        this.idle.push(buffer)
      },
      (error: unknown) => {
        this.failure ??= error instanceof Error ? error : new Error(String(error))
      },
    )
    this.inFlight.add(sent)
    void sent.then(() => this.inFlight.delete(sent))
    // Hashed while the part is already on its way.
    this.hash.update(body)
  }

  private async begin(): Promise<string> {
    const uploadId = await this.store.createUpload(this.target.key, this.target.contentType, this.signal)
    await this.target.onUpload(uploadId)
    return uploadId
  }

  /** A buffer that no part is using, made where there are not enough yet. */
  private async emptyBuffer(): Promise<Buffer> {
    while (this.idle.length === 0 && this.inFlight.size >= PARTS_IN_FLIGHT) await Promise.race(this.inFlight)
    this.throwFailure()
    return this.idle.pop() ?? Buffer.allocUnsafeSlow(PART_BYTES)
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure
    this.signal.throwIfAborted()
  }

  private async undo(): Promise<void> {
    this.abort.abort()
    await Promise.all(this.inFlight)
    if (this.uploadId === undefined) return
    // The store may be what failed; the intent tells the janitor what is left.
    const patience = AbortSignal.timeout(UNDO_MS)
    await this.store.abortUpload(this.target.key, this.uploadId, patience).catch(() => undefined)
  }
}
