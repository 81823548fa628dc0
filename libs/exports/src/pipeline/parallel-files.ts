import { setMaxListeners } from 'node:events'
import type { ObjectStore } from '#core'
import type { UploadedObject, UploadTarget } from './multipart-upload.js'
import { storeFile } from './store-file.js'

/** Small files that are on their way to the store while the next one is rendered: their time is the store's answers. */
const FILES_IN_FLIGHT = 8
/** A file of more bytes has buffers enough of its own: nothing is rendered before the store has it. */
const SMALL_BYTES = 1024 * 1024

/**
 * Stores files whose contents come one after the other out of one source.
 *
 *     const files = new ParallelFiles(…); try { … await files.add(target, content) … } finally { await files.settle() }
 */
export class ParallelFiles {
  private readonly inFlight = new Set<Promise<void>>()
  private readonly abort = new AbortController()
  private readonly follow = () => this.abort.abort(this.ending.reason)
  private failure: { error: unknown } | undefined

  constructor(
    private readonly store: ObjectStore,
    private readonly ending: AbortSignal,
  ) {
    // Every call of every file on its way listens; Node would warn of more than ten.
    setMaxListeners(0, this.abort.signal)
    if (ending.aborted) this.follow()
    ending.addEventListener('abort', this.follow)
  }

  /**
   * Returns once the content was read to its end; a small file may not be stored by then.
   *
   * @param stored told when it is
   * @throws what an earlier file or this one failed with
   */
  async add(
    target: UploadTarget,
    content: AsyncIterable<Buffer>,
    stored: (object: UploadedObject) => void,
  ): Promise<void> {
    while (this.inFlight.size >= FILES_IN_FLIGHT) await Promise.race(this.inFlight)
    this.throwFailure()
    const reading = new WholeReading(content)
    const storing = storeFile(this.store, target, reading, this.abort.signal).then(
      stored,
      (error: unknown) => {
        this.failure ??= { error }
        this.abort.abort(error)
      },
    )
    this.inFlight.add(storing)
    void storing.then(() => this.inFlight.delete(storing))
    await Promise.race([reading.ended, storing])
    if (reading.bytes > SMALL_BYTES) await storing
    this.throwFailure()
  }

  /** All files are stored. @throws what one failed with */
  async end(): Promise<void> {
    await this.settle()
    this.throwFailure()
  }

  /** Waits until nothing is on its way any more, and lets go of the signal, which may live longer. */
  async settle(): Promise<void> {
    await Promise.all(this.inFlight)
    this.ending.removeEventListener('abort', this.follow)
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure.error
  }
}

/** Says when a source was read to its end. */
class WholeReading implements AsyncIterable<Buffer> {
  readonly ended: Promise<void>
  bytes = 0
  private end: () => void = () => undefined

  constructor(private readonly source: AsyncIterable<Buffer>) {
    this.ended = new Promise((resolve) => (this.end = resolve))
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for await (const chunk of this.source) {
      this.bytes += chunk.length
      yield chunk
    }
    this.end()
  }
}
