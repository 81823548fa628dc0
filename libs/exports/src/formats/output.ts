import { freeMemory } from '../pipeline/free-memory.js'
import { Bytes } from './cells/bytes.js'

/** The buffers that rows are rendered into. */
export class Output {
  target: Bytes
  length = 0
  /** The oldest one first. */
  private readonly handedOut: Bytes[] = []

  /**
   * @param chunkBytes about how long the chunks are that are handed on
   * @param buffers that take turns
   */
  constructor(
    private readonly chunkBytes: number,
    private readonly buffers = 1,
  ) {
    this.target = this.allocate()
  }

  get isFull(): boolean {
    return this.length >= this.chunkBytes
  }

  /** Makes room for `count` bytes, and for the overshoot of whole words. */
  ensure(count: number): void {
    const needed = this.length + count + 4
    if (needed > this.target.buffer.length) this.grow(needed)
  }

  append(text: Buffer): void {
    this.ensure(text.length)
    text.copy(this.target.buffer, this.length)
    this.length += text.length
  }

  /** Hands out what was written; it stays as it is until as many chunks after it were begun as there are buffers. */
  take(): Buffer {
    const chunk = this.target.buffer.subarray(0, this.length)
    this.length = 0
    // A huge cell's buffer is not kept.
    if (this.target.buffer.length <= 16 * this.chunkBytes) this.handedOut.push(this.target)
    this.target = this.handedOut.length < this.buffers ? this.allocate() : this.handedOut.shift()!
    return chunk
  }

  /** Frees the buffers. Nothing may be written afterwards, and nobody may read a chunk. */
  free(): void {
    for (const { buffer } of [this.target, ...this.handedOut.splice(0)]) freeMemory(buffer)
  }

  private allocate(): Bytes {
    return new Bytes(Buffer.allocUnsafeSlow(this.chunkBytes + (this.chunkBytes >> 2)))
  }

  private grow(needed: number): void {
    const grown = new Bytes(Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.target.buffer.length)))
    this.target.buffer.copy(grown.buffer, 0, 0, this.length)
    freeMemory(this.target.buffer)
    this.target = grown
  }
}
