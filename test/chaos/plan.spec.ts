import { everyFault, faults } from './faults/faults.js'
import { makePlan } from './plan.js'

const counts = { exports: 200, faults: 44 }

describe('a plan', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(makePlan(7, counts, everyFault)).toEqual(makePlan(7, counts, everyFault))
    expect(makePlan(8, counts, everyFault).faults).not.toEqual(makePlan(7, counts, everyFault).faults)
  })

  it('has as many exports and faults as it was asked for, in order, and every kind of fault where there are enough', () => {
    for (let seed = 0; seed < 50; seed++) {
      const plan = makePlan(seed, counts, everyFault)
      expect([plan.wishes.length, plan.faults.length]).toEqual([200, 44])
      expect(new Set(plan.faults.map(({ name }) => name))).toEqual(new Set(everyFault))
      for (const list of [plan.faults, plan.wishes]) {
        const times = list.map(({ atMs }) => atMs)
        expect(times).toEqual([...times].sort((a, b) => a - b))
        expect(times.every((ms) => ms >= 0 && ms <= plan.ms)).toBe(true)
      }
      for (const { name, part } of plan.faults)
        expect(faults[name].parts as readonly string[]).toContain(part)
      expect(new Set(plan.wishes.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(200)
    }
  })

  it('asks for every dataset and format, with and without gzip, and cancels some', () => {
    const { wishes } = makePlan(1, counts, everyFault)
    const seen = (what: (wish: (typeof wishes)[number]) => unknown) => new Set(wishes.map(what))
    expect(seen(({ body }) => body.dataset)).toEqual(
      new Set(['leads', 'records', 'funnels', 'messageUsers', 'messages']),
    )
    expect(seen(({ body }) => body.format)).toEqual(new Set(['csv', 'json', 'ndjson', 'xlsx']))
    expect(seen(({ tenant }) => tenant).size).toBe(5)
    expect(wishes.some(({ body }) => body.gzip && body.format === 'xlsx')).toBe(false)
    expect(wishes.filter(({ cancelAfterMs }) => cancelAfterMs !== null).length).toBeGreaterThan(5)
    expect(wishes.filter(({ twice }) => twice).length).toBeGreaterThan(5)
  })
})
