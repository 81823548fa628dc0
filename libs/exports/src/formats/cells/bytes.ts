/** A buffer and a view of the same bytes: the view reads and writes words at any offset. */
export class Bytes {
  readonly view: DataView

  constructor(readonly buffer: Buffer) {
    this.view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length)
  }

  static from(text: string): Bytes {
    return new Bytes(Buffer.from(text))
  }
}

/**
 * Renders the bytes `[start, end)` of `source`, one field of a COPY tuple that is not NULL, into `out`
 * from `at` on. Whoever calls has made room for the worst case, and up to 3 bytes past it.
 *
 * @returns where the next byte goes
 * @throws CopyFormatError when the field is not of the type the writer was chosen for
 */
export type CellWriter = (out: Bytes, at: number, source: Bytes, start: number, end: number) => number

/** What a file repeats in every row. Padded to whole words, for {@link put}. */
export class Constant {
  readonly view: DataView
  readonly length: number

  constructor(text: string) {
    this.length = Buffer.byteLength(text)
    const padded = Buffer.alloc(Math.ceil(this.length / 4) * 4)
    padded.write(text)
    this.view = new Bytes(padded).view
  }
}

/** Writes whole words, so up to 3 bytes past the end, which the next write covers: a quarter of the stores. */
export function put(out: Bytes, at: number, constant: Pick<Constant, 'view' | 'length'>): number {
  const { view, length } = constant
  for (let i = 0; i < length; i += 4) out.view.setInt32(at + i, view.getInt32(i))
  return at + length
}
