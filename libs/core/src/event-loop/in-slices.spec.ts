import { setImmediate as turn } from 'node:timers/promises'
import { inSlices } from './in-slices.js'

/** Takes a millisecond of CPU. */
function work(): void {
  const until = performance.now() + 1
  while (performance.now() < until);
}

/** Turns of the event loop until something is done. */
async function turnsOf(done: Promise<unknown>): Promise<number> {
  let isDone = false
  void done.then(() => (isDone = true))
  let turns = 0
  for (; !isDone; turns++) await turn()
  return turns
}

describe('inSlices', () => {
  it('returns what the work returned, in the order of the items', async () => {
    expect(await inSlices(['a', 'b', 'c'], (item, index) => `${item}${index}`)).toEqual(['a0', 'b1', 'c2'])
    expect(await inSlices([], work)).toEqual([])
  })

  it('lets the event loop turn between slices', async () => {
    const items = Array.from({ length: 50 }, work)
    expect(await turnsOf(inSlices(items, work))).toBeGreaterThan(items.length / 5)
  })

  it('gives one slice to each turn, however many lists are worked on', async () => {
    const order: string[] = []
    const list = (name: string) =>
      inSlices(Array.from({ length: 20 }), () => {
        work()
        order.push(name)
      })
    expect(await turnsOf(Promise.all([list('a'), list('b')]))).toBeGreaterThan(8)
    // Neither is done before the other has begun.
    expect(order.indexOf('b')).toBeLessThan(order.lastIndexOf('a'))
    expect(order.indexOf('a')).toBeLessThan(order.lastIndexOf('b'))
  })

  it('passes on what the work throws', async () => {
    const broken = inSlices([1], () => {
      throw new Error('broken')
    })
    await expect(broken).rejects.toThrow('broken')
  })
})
