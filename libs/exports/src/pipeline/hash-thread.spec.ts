import { createHash, randomBytes } from 'node:crypto'
import { FileHash } from './hash-thread.js'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** A part of `size` random bytes at the begin of memory that is larger, as the last part of a file is. */
function part(size: number): Buffer {
  const memory = Buffer.from(new SharedArrayBuffer(size + 100))
  randomBytes(size).copy(memory)
  return memory.subarray(0, size)
}

describe('FileHash', () => {
  it('hashes parts alone and together, of several files at a time', async () => {
    const files = [0, 1, 2].map((n) => ({
      hash: new FileHash(),
      parts: [part(1000 + n), part(0), part(70_000)],
    }))
    const alone = await Promise.all(files.flatMap(({ hash, parts }) => parts.map((bytes) => hash.add(bytes))))
    expect(alone).toEqual(files.flatMap(({ parts }) => parts.map(sha256)))
    expect(await Promise.all(files.map(({ hash }) => hash.digest()))).toEqual(
      files.map(({ parts }) => sha256(Buffer.concat(parts))),
    )
  })

  it('of nothing is that of nothing', async () => {
    expect(await new FileHash().digest()).toBe(sha256(Buffer.alloc(0)))
  })

  it('forgets a file that is dropped, and goes on with the others', async () => {
    const [dropped, kept] = [new FileHash(), new FileHash()]
    const bytes = part(10)
    await Promise.all([dropped.add(bytes), kept.add(bytes)])
    dropped.drop()
    // What was added to it is gone: it is of nothing now.
    expect(await dropped.digest()).toBe(sha256(Buffer.alloc(0)))
    expect(await kept.digest()).toBe(sha256(bytes))
  })
})
