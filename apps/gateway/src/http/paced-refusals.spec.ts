import { setTimeout as sleep } from 'node:timers/promises'
import { PacedRefusals } from './paced-refusals.js'

describe('PacedRefusals', () => {
  it('sends one at once, and those that come meanwhile one after another', async () => {
    const refusals = new PacedRefusals(1, 10)
    const sent: number[] = []
    for (const n of [1, 2, 3]) refusals.send('a', () => sent.push(n))
    expect(sent).toEqual([1])
    while (sent.length < 3) await sleep(1)
    expect(sent).toEqual([1, 2, 3])
  })

  it('lets no party wait for another', () => {
    const refusals = new PacedRefusals(60_000, 10)
    const sent: string[] = []
    for (const party of ['a', 'a', 'b']) refusals.send(party, () => sent.push(party))
    expect(sent).toEqual(['a', 'b'])
  })

  it('keeps no more waiting than may, and sends the rest at once', () => {
    const refusals = new PacedRefusals(60_000, 1)
    const sent: number[] = []
    for (const n of [1, 2, 3]) refusals.send('a', () => sent.push(n))
    expect(sent).toEqual([1, 3])
  })
})
