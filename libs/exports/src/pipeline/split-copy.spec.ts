import { COPY_HEADER, COPY_TRAILER, CopyFormatError, CopyTuples } from './copy-tuples.js'
import { splitCopy } from './split-copy.js'

const field = (text: string | null): Buffer => {
  if (text === null) return Buffer.from([0xff, 0xff, 0xff, 0xff])
  const length = Buffer.alloc(4)
  length.writeInt32BE(Buffer.byteLength(text))
  return Buffer.concat([length, Buffer.from(text)])
}
type Row = readonly (string | null)[]
const tuple = (row: Row): Buffer => Buffer.concat([Buffer.from([0, row.length]), ...row.map(field)])
const copyOf = (rows: readonly Row[]): Buffer =>
  Buffer.concat([COPY_HEADER, ...rows.map(tuple), COPY_TRAILER])

/** Chunks of so many bytes, each overwritten once the next one is asked for, as a socket's buffer is. */
async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = Buffer.from(bytes.subarray(at, at + size))
    yield await Promise.resolve(chunk)
    chunk.fill(0xee)
  }
}

async function rowsOf(source: AsyncIterable<Buffer>, columns: number): Promise<Row[]> {
  const tuples = new CopyTuples(columns)
  const rows: Row[] = []
  for await (const chunk of source) {
    tuples.push(chunk)
    while (tuples.next()) {
      const { source: bytes, starts, ends } = tuples
      const cell = (i: number) => (ends[i]! < 0 ? null : bytes.buffer.toString('utf8', starts[i], ends[i]))
      rows.push(Array.from({ length: columns }, (_, i) => cell(i)))
    }
  }
  tuples.end()
  return rows
}

const long = 'ñ'.repeat(50_000)
const rows: Row[] = [
  [null, 'a', '1'],
  ['x', 'a', null],
  [long, 'b', long],
  [long, 'b', '2'],
  ['', 'c', ''],
]

describe('splitCopy', () => {
  it.each([1, 7, 64, 65_536, 1_000_000])(
    'makes a COPY of its own of each run of rows, in chunks of %i bytes',
    async (size) => {
      const parts: [string, Row[]][] = []
      for await (const { key, rows: part } of splitCopy(inChunks(copyOf(rows), size), 3, 1))
        parts.push([key, await rowsOf(part, 3)])
      expect(parts).toEqual([
        ['a', rows.slice(0, 2)],
        ['b', rows.slice(2, 4)],
        ['c', rows.slice(4)],
      ])
    },
  )

  it('has no part of a COPY without rows', async () => {
    const parts: string[] = []
    for await (const { key } of splitCopy(inChunks(copyOf([]), 5), 3, 1)) parts.push(key)
    expect(parts).toEqual([])
  })

  it('throws where the COPY ends before its trailer, and takes no part for the whole', async () => {
    const cut = copyOf(rows).subarray(0, -COPY_TRAILER.length)
    const reading = async () => {
      for await (const { rows: part } of splitCopy(inChunks(cut, 4096), 3, 1)) await rowsOf(part, 3)
    }
    await expect(reading()).rejects.toThrow(CopyFormatError)
  })

  it('ends the COPY when no more parts are asked for', async () => {
    let ended = false
    async function* source(): AsyncGenerator<Buffer> {
      try {
        yield* inChunks(copyOf(rows), 10)
      } finally {
        ended = true
      }
    }
    for await (const { rows: part } of splitCopy(source(), 3, 1)) {
      await rowsOf(part, 3)
      break
    }
    expect(ended).toBe(true)
  })
})
