import type { Socket } from 'node:net'

/** A client that is further ahead is read no further, so that its hanging up is not seen either. */
const MOST_BYTES = 64 * 1024 * 1024

/** What was taken from a client as soon as it came, and has not gone on. */
export class Held {
  private pieces: Buffer[] = []
  size = 0

  constructor(private readonly client: Socket) {}

  /** Takes what has come. */
  fill(): void {
    let piece: Buffer | null
    while (this.size < MOST_BYTES && (piece = this.client.read() as Buffer | null) !== null) {
      this.pieces.push(piece)
      this.size += piece.length
    }
  }

  /** Lets go of at most `limit` bytes, the oldest ones. @returns none where there are none */
  some(limit: number): Buffer {
    const oldest = this.pieces[0] ?? Buffer.alloc(0)
    const piece = oldest.subarray(0, limit)
    if (piece.length < oldest.length) this.pieces[0] = oldest.subarray(limit)
    else this.pieces.shift()
    this.size -= piece.length
    return piece
  }

  /** Lets go of everything. */
  all(): Buffer {
    const all = Buffer.concat(this.pieces)
    this.pieces = []
    this.size = 0
    return all
  }
}
