import { type ObjectStore, sha256Hex, within, withJoinedSignal } from '#core'
import { FileHash } from './hash-thread.js'
import { PART_BYTES, returnPartBuffer, takePartBuffer } from './part-buffers.js'

/** An upload uses so many buffers, whatever the file's size: two parts are sent while the third is filled, or all three. */
const MOST_BUFFERS = 3
/** S3's limit. */
const MAX_PARTS = 10_000
/** A store that does not answer must not keep a worker that shuts down from handing its work back. */
const UNDO_MS = 3000
/** How long an upload that failed waits for its buffers. A call that is broken off gives them back in a fraction of this. */
const RELEASE_MS = 500

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

interface FilledBuffer {
  buffer: Buffer
  /** Bytes, from the buffer's first one on. */
  length: number
}

interface BegunUpload {
  id: string
  hash: FileHash
}

/**
 * Moves a stream of bytes into the store: as one PUT where it fits into a part, else as a multipart
 * upload. A slow store slows the source down. Buffers come from those that the process keeps, and go back to them when no
 * connection sends from them any more, however the upload ended.
 */
export class MultipartUpload {
  private readonly etags: string[] = []
  private readonly inFlight = new Set<Promise<void>>()
  /** Each resolves when a buffer that the store's client reads is back with the others. */
  private readonly lent = new Set<Promise<void>>()
  private readonly abort = new AbortController()
  private signal = this.abort.signal
  private failure: Error | undefined
  private upload: BegunUpload | undefined
  /** The buffer that is being filled; absent until there is something to fill it with. */
  private part: Buffer | undefined
  private filled = 0
  /** Bytes taken from the source so far. */
  bytes = 0

  constructor(
    private readonly store: ObjectStore,
    private readonly target: UploadTarget,
    private readonly ending: AbortSignal,
  ) {}

  /**
   * @throws ObjectTooLargeError, or what the source or the store threw. Parts that were sent are then removed, if the
   * store can be reached. A PUT or a completion whose answer was lost may have made the object all the same: the janitor
   * of the recorded intent removes it.
   */
  run(source: AsyncIterable<Buffer>): Promise<UploadedObject> {
    return withJoinedSignal([this.ending, this.abort.signal], (signal) => {
      this.signal = signal
      return this.move(source)
    })
  }

  private async move(source: AsyncIterable<Buffer>): Promise<UploadedObject> {
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
      this.part ??= await this.emptyBuffer()
      const copied = chunk.copy(this.part, this.filled, offset)
      this.filled += copied
      offset += copied
    }
    this.bytes += chunk.length
  }

  /** @returns the sha256 of the file */
  private async finish(): Promise<string> {
    const { upload } = this
    if (upload === undefined) return this.putWhole()
    if (this.filled > 0) await this.sendPart()
    await Promise.all(this.inFlight)
    this.throwFailure()
    const sha256 = await upload.hash.digest()
    await this.store.completeUpload(this.target.key, upload.id, this.etags, this.signal)
    return sha256
  }

  private async putWhole(): Promise<string> {
    const { buffer, length } = this.takeFilled()
    const body = buffer.subarray(0, length)
    const sha256 = sha256Hex(body)
    const sending = { sha256, signal: this.signal, onReleased: this.lend(buffer) }
    await this.store.put(this.target.key, body, this.target.contentType, sending)
    return sha256
  }

  private async sendPart(): Promise<void> {
    const upload = (this.upload ??= await this.begin())
    const number = this.etags.push('')
    if (number > MAX_PARTS)
      throw new ObjectTooLargeError(`more than ${MAX_PARTS} parts of ${PART_BYTES} bytes`)
    const sent = this.hashAndSend(upload, number, this.takeFilled()).then(
      (etag) => {
        this.etags[number - 1] = etag
      },
      (error: unknown) => {
        this.failure ??= error instanceof Error ? error : new Error(String(error))
      },
    )
    this.inFlight.add(sent)
    void sent.then(() => this.inFlight.delete(sent))
  }

  private async hashAndSend(
    { id, hash }: BegunUpload,
    number: number,
    { buffer: filled, length }: FilledBuffer,
  ): Promise<string> {
    const { sha256, buffer } = await hash.add(filled, length)
    const body = buffer.subarray(0, length)
    const sending = { sha256, signal: this.signal, onReleased: this.lend(buffer) }
    return this.store.uploadPart(this.target.key, id, number, body, sending)
  }

  private async begin(): Promise<BegunUpload> {
    const id = await this.store.createUpload(this.target.key, this.target.contentType, this.signal)
    await this.target.onUpload(id)
    return { id, hash: new FileHash() }
  }

  /** Waits until the store has taken a part, if this upload uses all of its buffers. */
  private async emptyBuffer(): Promise<Buffer> {
    while (this.inFlight.size >= MOST_BUFFERS) await Promise.race(this.inFlight)
    this.throwFailure()
    return takePartBuffer()
  }

  /** The buffer that is being filled, which is the caller's from now on; an empty one for a file without bytes. */
  private takeFilled(): FilledBuffer {
    const filled = { buffer: this.part ?? takePartBuffer(), length: this.filled }
    this.part = undefined
    this.filled = 0
    return filled
  }

  /** @returns what takes the buffer back */
  private lend(buffer: Buffer): () => void {
    let takeBack: () => void = () => undefined
    const back = new Promise<void>((resolve) => {
      takeBack = resolve
    }).then(() => void this.lent.delete(back))
    this.lent.add(back)
    return () => {
      returnPartBuffer(buffer)
      takeBack()
    }
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure
    this.signal.throwIfAborted()
  }

  private async undo(): Promise<void> {
    this.abort.abort()
    await Promise.all(this.inFlight)
    if (this.part !== undefined) returnPartBuffer(this.part)
    if (this.upload !== undefined) await this.abortUpload(this.upload)
    // Or the next upload would make new ones, and the process would keep more than its uploads need at a time.
    await within(RELEASE_MS, Promise.all(this.lent))
  }

  private async abortUpload({ id, hash }: BegunUpload): Promise<void> {
    hash.drop()
    // The store may be what failed; the intent tells the janitor what is left.
    const patience = AbortSignal.timeout(UNDO_MS)
    await this.store.abortUpload(this.target.key, id, patience).catch(() => undefined)
  }
}
