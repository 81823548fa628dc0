import { gunzipSync } from 'node:zlib'
import { gzip } from './gzip.js'
import { collect, inChunks } from './testing/render.js'

const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, i) => `line ${i * 7919}\n`).join(''))

describe('gzip', () => {
  it('gives back the bytes', async () => {
    const zipped = await collect(gzip(inChunks(bytes, 70_001)))
    expect(zipped.length).toBeLessThan(bytes.length / 2)
    expect(gunzipSync(zipped).equals(bytes)).toBe(true)
  })

  it('gives a whole file for no bytes', async () => {
    expect(gunzipSync(await collect(gzip(inChunks(Buffer.alloc(0), 1)))).length).toBe(0)
  })

  it('hands on the fault of its source', async () => {
    async function* failing() {
      yield* inChunks(bytes, 65_536)
      throw new Error('connection lost')
    }
    await expect(collect(gzip(failing()))).rejects.toThrow('connection lost')
  })

  it('lets go of its source when nobody reads on', async () => {
    let released = false
    async function* source() {
      try {
        for (;;) yield* inChunks(bytes, 65_536)
      } finally {
        released = true
      }
    }
    for await (const chunk of gzip(source())) if (chunk.length > 0) break
    expect(released).toBe(true)
  })
})
