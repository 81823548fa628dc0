import { inflateRawSync } from 'node:zlib'
import { type Checksum, deflatePieces, type Pieces, PIECES_AT_A_TIME } from './deflate-pieces.js'
import { collect } from './testing/render.js'

const textOf = (n: number, lines: number): Buffer =>
  Buffer.from(Array.from({ length: lines }, (_, i) => `${n} ${(i * 7919 * (n + 1)) % 10_007}\n`).join(''))
const newChecksum = (): Checksum => ({ crc: 0, size: 0 })
const deflated = (...pieces: Buffer[]) => collect(deflatePieces(() => pieces, newChecksum()))

describe('deflatePieces', () => {
  it('compresses a piece as if it were the only one, whatever came before it', async () => {
    const piece = textOf(0, 20_000)
    const [once, end] = [await deflated(piece), await deflated()]
    const alone = once.subarray(0, once.length - end.length)
    const many = Array.from({ length: 3 * PIECES_AT_A_TIME }, () => alone)
    expect((await deflated(...many.map(() => piece))).equals(Buffer.concat([...many, end]))).toBe(true)
  })

  it('takes pieces of any length, none and huge ones among them', async () => {
    const pieces = [textOf(1, 0), textOf(2, 400_000), textOf(3, 1), textOf(4, 0), textOf(5, 60_000)]
    expect(inflateRawSync(await deflated(...pieces)).equals(Buffer.concat(pieces))).toBe(true)
  })

  it('has read a piece when so many after it were asked for, as its buffers are used again then', async () => {
    const buffers = Array.from({ length: PIECES_AT_A_TIME }, () => Buffer.alloc(300_000))
    const count = 10 * PIECES_AT_A_TIME
    const piece = (n: number) => textOf(n, 30_000).subarray(0, 150_000)
    function* pieces() {
      for (let n = 0; n < count; n++) {
        const buffer = buffers[n % PIECES_AT_A_TIME]!
        const text = piece(n)
        text.copy(buffer)
        yield buffer.subarray(0, text.length)
      }
    }
    const whole = inflateRawSync(await collect(deflatePieces(pieces, newChecksum())))
    expect(whole.equals(Buffer.concat(Array.from({ length: count }, (_, n) => piece(n))))).toBe(true)
  })

  it.each([
    ['all of it was read', Infinity],
    ['the reader stopped', 1],
  ])('frees the output when %s', async (_, wanted) => {
    const buffers = new Set<Buffer>()
    const pieces: Pieces = function* (output) {
      for (let n = 0; n < 2 * PIECES_AT_A_TIME; n++) {
        buffers.add(output.target.buffer)
        output.append(textOf(n, 50_000))
        yield output.take()
      }
    }
    let read = 0
    for await (const chunk of deflatePieces(pieces, newChecksum()))
      if (chunk.length > 0 && ++read >= wanted) break
    expect(buffers.size).toBeGreaterThan(1)
    expect([...buffers].filter(({ length }) => length > 0)).toEqual([])
  })

  it('counts what it was given', async () => {
    const checksum = newChecksum()
    await collect(deflatePieces(() => [Buffer.from('123'), Buffer.from('456789')], checksum))
    // The check value of CRC-32 in https://reveng.sourceforge.io/crc-catalogue/17plus.htm
    expect(checksum).toEqual({ crc: 0xcbf43926, size: 9 })
  })
})
