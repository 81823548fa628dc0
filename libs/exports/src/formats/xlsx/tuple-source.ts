import { CopyTuples } from '../../pipeline/copy-tuples.js'

/** The tuples of a COPY, for several sheets one after the other. */
export class TupleSource {
  readonly tuples: CopyTuples
  /** Whether `tuples` stands on a tuple that nobody has written yet. */
  hasTuple = false
  private readonly chunks: AsyncIterator<Buffer>

  constructor(source: AsyncIterable<Buffer>, columns: number) {
    this.tuples = new CopyTuples(columns)
    this.chunks = source[Symbol.asyncIterator]()
  }

  /** Moves on within the chunk; false when {@link load} has to fetch the next. */
  advance(): boolean {
    return (this.hasTuple = this.tuples.next())
  }

  /** Fetches chunks until there is a tuple; afterwards `hasTuple` is false only at the end. */
  async load(): Promise<void> {
    while (!this.hasTuple) {
      const next = await this.chunks.next()
      if (next.done === true) return this.tuples.end()
      this.tuples.push(next.value)
      this.advance()
    }
  }

  /** Lets go of the source before its end. */
  async close(): Promise<void> {
    await this.chunks.return?.()
  }
}
