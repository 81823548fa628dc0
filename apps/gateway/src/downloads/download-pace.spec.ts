import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { DownloadPace } from './download-pace.js'

const chunk = Buffer.alloc(64_000, 'x')
const chunks = (count: number) => Readable.from(Array.from({ length: count }, () => chunk))
const paceOf = (hasOthers: boolean) => new DownloadPace({ hasOthers: () => hasOthers })

/** Milliseconds that timers waited in all. */
async function waited(work: () => Promise<unknown>): Promise<number> {
  const timers = jest.spyOn(globalThis, 'setTimeout')
  await work()
  const waits = timers.mock.calls.map(([, ms]) => ms ?? 0)
  timers.mockRestore()
  return waits.reduce((sum, ms) => sum + ms, 0)
}

describe('DownloadPace', () => {
  it('gives the same bytes, at no pace while nobody else is there', async () => {
    const ms = await waited(async () =>
      expect(await buffer(paceOf(false).paced('a', chunks(50)))).toHaveLength(3_200_000),
    )
    expect(ms).toBe(0)
  })

  it('lets the files of a workspace pass at one pace in all beside others', async () => {
    const pace = paceOf(true)
    const ms = await waited(() => Promise.all([1, 2].map(() => buffer(pace.paced('a', chunks(10))))))
    // Each of 20 chunks is worth 2 ms, of which 4 may pass at once.
    expect(ms).toBeGreaterThan(20)
  })

  it('lets no workspace wait for another', async () => {
    const pace = paceOf(true)
    let isOver = false
    const slow = buffer(pace.paced('a', chunks(100))).then(() => (isOver = true))
    await buffer(pace.paced('b', chunks(2)))
    expect(isOver).toBe(false)
    await slow
  })

  it('breaks with the body, and ends it when nobody reads any more', async () => {
    const pace = paceOf(true)
    const broken = new Readable({ read: () => broken.destroy(new Error('lost')) })
    await expect(buffer(pace.paced('a', broken))).rejects.toThrow('lost')
    const body = chunks(100)
    const ended = new Promise((resolve) => body.once('close', resolve))
    pace.paced('a', body).destroy()
    await ended
  })
})
