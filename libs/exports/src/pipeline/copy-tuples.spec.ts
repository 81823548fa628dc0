import { copyHeader, encodeCopy, type Field } from '../formats/testing/copy-encoder.js'
import { CopyFormatError, CopyTuples } from './copy-tuples.js'

const types = ['text', 'text', 'text'] as const
const rows: Field[][] = [
  ['one', null, ''],
  [null, null, null],
  ['', 'ñandú 🚀', 'x'.repeat(40)],
]

/** Reads every tuple; a chunk's bytes are overwritten once it has been read, as a reused buffer's are. */
function read(chunks: Buffer[], columns = 3): (string | null)[][] {
  const tuples = new CopyTuples(columns)
  const found: (string | null)[][] = []
  for (const bytes of chunks) {
    const chunk = Buffer.from(bytes)
    tuples.push(chunk)
    while (tuples.next()) {
      const { source, starts, ends } = tuples
      found.push([...ends].map((end, i) => (end < 0 ? null : source.buffer.toString('utf8', starts[i], end))))
    }
    chunk.fill(0xaa)
  }
  tuples.end()
  return found
}

describe('CopyTuples', () => {
  const copy = encodeCopy(types, rows)

  it('reads tuples that lie in one chunk', () => {
    expect(read([copy])).toEqual(rows)
  })

  it('reads them wherever two borders fall', () => {
    for (let first = 0; first <= copy.length; first++) {
      for (let second = first; second <= copy.length; second += 3) {
        const chunks = [copy.subarray(0, first), copy.subarray(first, second), copy.subarray(second)]
        expect(read(chunks)).toEqual(rows)
      }
    }
  })

  it('reads chunks of one byte', () => {
    expect(read([...copy].map((byte) => Buffer.from([byte])))).toEqual(rows)
  })

  it('counts the bytes of a tuple', () => {
    const tuples = new CopyTuples(1)
    tuples.push(encodeCopy(['text'], [['four']]))
    tuples.next()
    expect(tuples.size).toBe(2 + 4 + 4)
  })

  it('skips the header extension', () => {
    const withExtension = Buffer.concat([
      copyHeader(Buffer.from('later versions')),
      copy.subarray(copyHeader().length),
    ])
    expect(read([withExtension])).toEqual(rows)
    expect(read([...withExtension].map((byte) => Buffer.from([byte])))).toEqual(rows)
  })

  it('never takes a part for the whole', () => {
    for (let end = 0; end < copy.length; end++) {
      expect(() => read([copy.subarray(0, end)])).toThrow(CopyFormatError)
    }
  })

  it.each([
    [
      'no signature',
      Buffer.concat([Buffer.from('PGCOPY\r\n\xff\r\n\0', 'latin1'), Buffer.alloc(20)]),
      'signature',
    ],
    ['a critical flag', Buffer.from(copy).fill(0x01, 11, 12), 'flags'],
    ['a negative extension', Buffer.from(copy).fill(0xff, 15, 19), 'extension'],
    ['bytes after the trailer', Buffer.concat([copy, Buffer.from([0])]), 'after the trailer'],
    ['another number of fields', encodeCopy(['text'], [['alone']]), '1 fields where 3'],
    [
      'a length below -1',
      Buffer.concat([copyHeader(), Buffer.from([0, 3]), Buffer.alloc(12, 0xfe)]),
      'length',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => read([bytes])).toThrow(message)
    expect(() => read([bytes])).toThrow(CopyFormatError)
  })

  it('reads a field of 16 MB among small ones', () => {
    const huge = 'x'.repeat(16 * 1024 * 1024)
    const bytes = encodeCopy(types, [['a', huge, 'b'], ...rows])
    const chunks = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, i) =>
      bytes.subarray(i * 65_536, (i + 1) * 65_536),
    )
    const found = read(chunks)
    expect(found[0]?.[1] === huge).toBe(true)
    expect(found.slice(1)).toEqual(rows)
  })
})
