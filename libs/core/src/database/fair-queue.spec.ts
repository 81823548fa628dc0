import { FairQueue } from './fair-queue.js'

const queueOf = (items: [party: string, item: number][]) => {
  const queue = new FairQueue<string>()
  for (const [party, item] of items) queue.push(party, `${party}${item}`)
  return queue
}
const all = (queue: FairQueue<string>, mayBeServed?: (party: string) => boolean) => {
  const served: string[] = []
  for (;;) {
    const next = queue.shift(mayBeServed)
    if (next === undefined) return served
    served.push(next)
  }
}

describe('FairQueue', () => {
  it('serves the parties in turn, and each in its order', () => {
    const queue = queueOf([
      ['a', 1],
      ['a', 2],
      ['a', 3],
      ['b', 1],
      ['c', 1],
      ['b', 2],
    ])
    expect([queue.length, queue.parties, queue.lengthOf('a')]).toEqual([6, 3, 3])
    expect(all(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3'])
    expect([queue.length, queue.parties, queue.lengthOf('a')]).toEqual([0, 0, 0])
  })

  it('passes over a party that may not be served', () => {
    const queue = queueOf([
      ['a', 1],
      ['a', 2],
      ['b', 1],
    ])
    expect(all(queue, (party) => party !== 'a')).toEqual(['b1'])
    expect(all(queue)).toEqual(['a1', 'a2'])
  })

  it('gives up a party as a whole', () => {
    const queue = queueOf([
      ['a', 1],
      ['b', 1],
      ['a', 2],
    ])
    expect(queue.drain('a')).toEqual(['a1', 'a2'])
    expect(queue.drain('c')).toEqual([])
    expect(queue.length).toBe(1)
    expect(all(queue)).toEqual(['b1'])
  })
})
