import { type ObjectStore, sha256Hex } from '#core'
import { FileHash } from './hash-thread.js'

/** Parts of 8 MiB, three on their way while a fourth is filled: 32 MiB of buffers, whatever the file's size. */
export const PART_BYTES = 8 * 1024 * 1024
const PARTS_IN_FLIGHT = 3
/**
 * What a file begins with, doubled up to a part's size: 8 MiB for each small file would make V8 collect the whole heap,
 * for 30 ms, with every fourth.
 */
const FIRST_BYTES = 64 * 1024
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

const sharedBuffer = (bytes: number): Buffer => Buffer.from(new SharedArrayBuffer(bytes))

function twiceAsLarge(full: Buffer): Buffer {
  const larger = sharedBuffer(2 * full.length)
  full.copy(larger)
  return larger
}

interface BegunUpload {
  id: string
  hash: FileHash
}

/**
 * Moves a stream of bytes into the store: as one PUT where it fits into a part, else as a multipart
 * upload. The buffers are reused, so memory is flat; a slow store slows the source down.
 */
export class MultipartUpload {
  private readonly etags: string[] = []
  private readonly inFlight = new Set<Promise<void>>()
  private readonly idle: Buffer[] = []
  private readonly abort = new AbortController()
  private readonly signal: AbortSignal
  private failure: Error | undefined
  private upload: BegunUpload | undefined
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

  /**
   * @throws ObjectTooLargeError, or what the source or the store threw. Parts that were sent are then removed, if the
   * store can be reached. A PUT or a completion whose answer was lost may have made the object all the same: the janitor
   * of the recorded intent removes it.
   */
  async run(source: AsyncIterable<Buffer>): Promise<UploadedObject> {
    try {
      for await (const chunk of source) await this.write(chunk)
      return { bytes: this.bytes, sha256: await this.finish() }
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
      else if (this.filled === this.part.length) this.part = twiceAsLarge(this.part)
      const copied = chunk.copy(this.part, this.filled, offset)
      this.filled += copied
      offset += copied
    }
    this.bytes += chunk.length
  }

  /** @returns the sha256 of the file */
  private async finish(): Promise<string> {
    const { upload } = this
    if (upload === undefined) return this.putWhole(this.part.subarray(0, this.filled))
    if (this.filled > 0) await this.sendPart()
    await Promise.all(this.inFlight)
    this.throwFailure()
    const sha256 = await upload.hash.digest()
    await this.store.completeUpload(this.target.key, upload.id, this.etags, this.signal)
    return sha256
  }

  private async putWhole(body: Buffer): Promise<string> {
    const sha256 = sha256Hex(body)
    await this.store.put(this.target.key, body, this.target.contentType, { sha256, signal: this.signal })
    return sha256
  }

  private async sendPart(): Promise<void> {
    const upload = (this.upload ??= await this.begin())
    const number = this.etags.push('')
    if (number > MAX_PARTS)
      throw new ObjectTooLargeError(`more than ${MAX_PARTS} parts of ${PART_BYTES} bytes`)
    const buffer = this.part
    const body = buffer.subarray(0, this.filled)
    this.filled = 0
    const sent = this.hashAndSend(upload, number, body).then(
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
  }

  private async hashAndSend({ id, hash }: BegunUpload, number: number, body: Buffer): Promise<string> {
    const sha256 = await hash.add(body)
    return this.store.uploadPart(this.target.key, id, number, body, { sha256, signal: this.signal })
  }

  private async begin(): Promise<BegunUpload> {
    const id = await this.store.createUpload(this.target.key, this.target.contentType, this.signal)
    await this.target.onUpload(id)
    return { id, hash: new FileHash() }
  }

  /** A buffer that no part is using, made where there are not enough yet. */
  private async emptyBuffer(): Promise<Buffer> {
    while (this.idle.length === 0 && this.inFlight.size >= PARTS_IN_FLIGHT) await Promise.race(this.inFlight)
    this.throwFailure()
    return this.idle.pop() ?? sharedBuffer(this.upload === undefined ? FIRST_BYTES : PART_BYTES)
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure
    this.signal.throwIfAborted()
  }

  private async undo(): Promise<void> {
    this.abort.abort()
    await Promise.all(this.inFlight)
    if (this.upload === undefined) return
    this.upload.hash.drop()
    // The store may be what failed; the intent tells the janitor what is left.
    const patience = AbortSignal.timeout(UNDO_MS)
    await this.store.abortUpload(this.target.key, this.upload.id, patience).catch(() => undefined)
  }
}
