import { runFairness } from './fairness.js'

/** A short run of what `npm run test:chaos -- --only fairness` does. How long anything takes is judged there, on a quiet machine. */
describe('while one tenant does its worst', () => {
  it('refuses nothing to another one, and serves its exports and its archive days', async () => {
    const abuses = ['full-batches', 'stalled-downloads', 'accounts'] as const
    const { measure } = await runFairness({ backend: 'postgres', abuses, seconds: 4 }, () => undefined)
    expect(measure.rounds.map(({ abuse }) => abuse)).toEqual(abuses)
    for (const { during, after, errands, outcomes } of measure.rounds) {
      expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(0)
      expect([...during, ...after].filter(({ outcome }) => outcome !== 200)).toEqual([])
      expect(during.length).toBeGreaterThan(0)
      const served = { exportWaitMs: expect.any(Number) as number, dayWaitMs: expect.any(Number) as number }
      expect(errands).toEqual({ ...served, refusals: [] })
    }
  }, 300_000)
})
