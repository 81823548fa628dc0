import { createHash, randomBytes } from 'node:crypto'
import { FileHash } from './hash-thread.js'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** A part of `size` random bytes at the beginning of a larger buffer, as the last part of a file is. */
function part(size: number): { buffer: Buffer; length: number; bytes: Buffer } {
  const buffer = Buffer.allocUnsafeSlow(size + 100)
  const bytes = randomBytes(size)
  bytes.copy(buffer)
  return { buffer, length: size, bytes }
}

describe('FileHash', () => {
  it('hashes parts alone and together, of several files at a time', async () => {
    const files = [0, 1, 2].map((n) => ({
      hash: new FileHash(),
      parts: [part(1000 + n), part(0), part(70_000)],
    }))
    const alone = await Promise.all(
      files.flatMap(({ hash, parts }) => parts.map(({ buffer, length }) => hash.add(buffer, length))),
    )
    expect(alone.map((answer) => answer.sha256)).toEqual(
      files.flatMap(({ parts }) => parts.map(({ bytes }) => sha256(bytes))),
    )
    expect(await Promise.all(files.map(({ hash }) => hash.digest()))).toEqual(
      files.map(({ parts }) => sha256(Buffer.concat(parts.map(({ bytes }) => bytes)))),
    )
  })

  it('hashes nothing to the sha256 of no bytes', async () => {
    expect(await new FileHash().digest()).toBe(sha256(Buffer.alloc(0)))
  })

  it('moves the memory of a part to the thread and back, with all of its bytes', async () => {
    const hash = new FileHash()
    const { buffer, length, bytes } = part(5000)
    buffer.fill('end', length)
    const whole = Buffer.from(buffer)
    const answer = hash.add(buffer, length)
    // Only memory that has moved can't be kept by the thread.
    expect(buffer.buffer.byteLength).toBe(0)
    const back = await answer
    expect(back.sha256).toBe(sha256(bytes))
    expect(back.buffer.equals(whole)).toBe(true)
    hash.drop()
  })

  it('forgets a file that is dropped, and goes on with the others', async () => {
    const [dropped, kept] = [new FileHash(), new FileHash()]
    const [first, second] = [part(10), part(10)]
    await Promise.all([dropped.add(first.buffer, first.length), kept.add(second.buffer, second.length)])
    dropped.drop()
    // What was added to it is gone: it is of nothing now.
    expect(await dropped.digest()).toBe(sha256(Buffer.alloc(0)))
    expect(await kept.digest()).toBe(sha256(second.bytes))
  })
})
