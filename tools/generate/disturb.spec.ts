import { days } from './calendar.js'
import { conversations, type Plan } from './conversations.js'
import { type Disturbance, disturbed } from './disturb.js'
import { Random } from './prng.js'

const plan: Plan = {
  seed: 3,
  size: { events: 20_000 },
  days: 30,
  end: Date.UTC(2026, 1, 1),
  languages: ['es', 'en'],
}
const inOrder = [...conversations(plan)]
const stream = (disturbance: Disturbance) => [...disturbed(inOrder, new Random(1), disturbance)]

describe('disturbed conversations', () => {
  it('stay as they are where nothing is asked for', () => {
    expect(stream({ late: 0, duplicates: 0 })).toEqual(inOrder)
  })

  it('have the share of duplicates that was asked for, each after the first', () => {
    const events = stream({ late: 0, duplicates: 0.05 })
    expect((events.length - inOrder.length) / inOrder.length).toBeCloseTo(0.05, 2)
    expect(new Set(events)).toEqual(new Set(inOrder))
    const seen = new Set<string>()
    const firsts = events.filter(({ id }) => !seen.has(id) && seen.add(id))
    expect(firsts).toEqual(inOrder)
  })

  it('have the share of late ones that was asked for, minutes to days behind, and lose none', () => {
    const events = stream({ late: 0.05, duplicates: 0 })
    let latest = ''
    const lateness: number[] = []
    for (const { time } of events) {
      if (time < latest) lateness.push(Date.parse(latest) - Date.parse(time))
      else latest = time
    }
    expect(lateness.length / inOrder.length).toBeCloseTo(0.05, 2)
    expect(Math.max(...lateness)).toBeLessThanOrEqual(days(3))
    expect(lateness.some((late) => late > days(1))).toBe(true)
    expect(new Set(events)).toEqual(new Set(inOrder))
    expect(events).toHaveLength(inOrder.length)
  })
})
