import { createHash, randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { ObjectStore } from '#core'
import { TestContext } from '../../../../test/support/context.js'
import { judge } from './faults.js'
import { MultipartUpload } from './multipart-upload.js'
import { PART_BYTES } from './part-buffers.js'

describe('MultipartUpload, against the S3 protocol', () => {
  let context: TestContext
  let store: ObjectStore
  const never = new AbortController().signal
  const uploads: string[] = []

  beforeAll(async () => {
    context = await TestContext.create()
    store = new ObjectStore(context.config)
  })
  afterAll(async () => {
    store.close()
    await context.close()
  })

  const upload = (key: string, source: AsyncIterable<Buffer>, signal: AbortSignal = never) => {
    const onUpload = (id: string) => {
      uploads.push(id)
      return Promise.resolve()
    }
    return new MultipartUpload(store, { key, contentType: 'text/plain', onUpload }, signal).run(source)
  }

  /** Yields views of one buffer that is overwritten each time, as the renderers do. */
  async function* reused(content: Buffer, step: number): AsyncGenerator<Buffer> {
    const shared = Buffer.alloc(step)
    for (let at = 0; at < content.length; at += step) {
      const copied = content.copy(shared, 0, at, at + step)
      yield shared.subarray(0, copied)
      await new Promise(setImmediate)
      shared.fill(0xee)
    }
  }

  it.each([
    0,
    1,
    65_535,
    65_536,
    65_537,
    PART_BYTES - 1,
    PART_BYTES,
    PART_BYTES + 1,
    5 * PART_BYTES + 12_345,
  ])('%d bytes arrive whole, with their checksum', async (size) => {
    uploads.length = 0
    const content = randomBytes(size)
    const result = await upload(`size-${size}`, reused(content, 700_001))
    expect(result).toEqual({ bytes: size, sha256: createHash('sha256').update(content).digest('hex') })
    expect(uploads).toHaveLength(size > PART_BYTES ? 1 : 0)
    expect((await buffer(await store.get(`size-${size}`))).equals(content)).toBe(true)
  })

  /** How many buffers of a part's size are allocated while the work is done. */
  const buffersMadeBy = async (work: () => Promise<unknown>): Promise<number> => {
    const allocate = jest.spyOn(Buffer, 'allocUnsafeSlow')
    try {
      await work()
      return allocate.mock.calls.filter(([size]) => size === PART_BYTES).length
    } finally {
      allocate.mockRestore()
    }
  }
  const small = () => upload('small', reused(randomBytes(30_000), 30_000))
  const large = () => upload('large', reused(Buffer.alloc(2 * PART_BYTES + 1, 'large'), PART_BYTES))

  it('allocates no buffer for a file when as many were used before, be it small or large', async () => {
    await large()
    expect(await buffersMadeBy(small)).toBe(0)
    expect(await buffersMadeBy(large)).toBe(0)
    // Of two at a time each may use three.
    expect(await buffersMadeBy(() => Promise.all([large(), large()]))).toBeLessThanOrEqual(3)
  })

  it('has its buffers back when it ends, though the store failed', async () => {
    await Promise.all([small(), small()])
    await context.s3.close()
    expect(await buffersMadeBy(() => expect(large()).rejects.toThrow())).toBe(0)
    expect(await buffersMadeBy(() => expect(small()).rejects.toThrow())).toBe(0)
    await context.s3.restart()
    expect(await buffersMadeBy(large)).toBe(0)
  })

  it('has its buffers back when it ends, though it was aborted while parts were sent', async () => {
    const abort = new AbortController()
    async function* source(): AsyncGenerator<Buffer> {
      for (let part = 0; part < 3; part++) yield Buffer.alloc(PART_BYTES, part)
      abort.abort(new Error('enough'))
      yield Buffer.alloc(1)
      await new Promise(setImmediate)
    }
    const broken = () => expect(upload('aborted-sending', source(), abort.signal)).rejects.toThrow()
    await large()
    await broken()
    expect(await buffersMadeBy(large)).toBe(0)
  })

  it('takes back the buffer of a file whose source failed before it was sent', async () => {
    const broken = async () => {
      async function* source(): AsyncGenerator<Buffer> {
        yield await Promise.resolve(Buffer.from('begun'))
        throw new Error('the source broke')
      }
      await expect(upload('broken', source())).rejects.toThrow('the source broke')
    }
    await broken()
    expect(await buffersMadeBy(broken)).toBe(0)
  })

  it('is signed by the hash that was taken, so a store refuses other bytes', async () => {
    const sha256 = createHash('sha256').update('what was hashed').digest('hex')
    const sent = store.put('other', Buffer.from('what was sent'), 'text/plain', { sha256 })
    await expect(sent).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' })
    expect(await store.size('other')).toBeNull()
  })

  it('a source that fails leaves no object and no upload', async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield* reused(randomBytes(3 * PART_BYTES), PART_BYTES)
      throw new Error('the source broke')
    }
    await expect(upload('failing', failing())).rejects.toThrow('the source broke')
    expect(await store.size('failing')).toBeNull()
    await expect(store.uploadPart('failing', uploads.at(-1)!, 9, Buffer.alloc(1))).rejects.toMatchObject({
      name: 'NoSuchUpload',
    })
  })

  it('ends when it is aborted', async () => {
    const abort = new AbortController()
    async function* endless(): AsyncGenerator<Buffer> {
      for (let i = 0; ; i++) {
        if (i === 3) abort.abort(new Error('enough'))
        yield randomBytes(PART_BYTES)
        await new Promise(setImmediate)
      }
    }
    await expect(upload('aborted', endless(), abort.signal)).rejects.toThrow()
    expect(await store.size('aborted')).toBeNull()
  })

  it('a store that is down is a fault that may pass', async () => {
    await context.s3.close()
    const failure = await upload('down', reused(randomBytes(10), 10)).catch((error: unknown) => error)
    expect(judge(failure)).toEqual({ action: 'put_off', reason: 'storage_unavailable' })
    await context.s3.restart()
    await expect(upload('down', reused(randomBytes(10), 10))).resolves.toMatchObject({ bytes: 10 })
  })
})
