import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Database } from '../database/database.js'
import { backends, TestContext } from '../../../../test/support/context.js'
import { createRateLimiter } from './create.js'
import { RateLimiter } from './rate-limiter.js'

const grantedOf = (allowances: { granted: boolean }[]) => allowances.filter(({ granted }) => granted).length
const times = <T>(count: number, work: () => T | Promise<T>) =>
  Promise.all(Array.from({ length: count }, work))

for (const { backend, suite } of backends) {
  suite(`requests counted in ${backend}`, () => {
    let context: TestContext
    beforeAll(async () => {
      context = await TestContext.create(backend)
    })
    afterAll(() => context.close())

    let made: RateLimiter[] = []
    afterEach(() => {
      made.forEach((limiter) => limiter.close())
      made = []
    })
    const limiterOf = async (limit: number) => {
      const config = { ...context.config, RATE_LIMIT_PER_MINUTE: limit }
      const limiter = (await createRateLimiter(config, context.database.system))!
      made.push(limiter)
      return limiter
    }
    /** Of a key that no other test has. */
    const key = () => `key-${Math.random()}`

    it.each([1, 7, 250, 1050])('two processes grant %p together, and not one more', async (limit) => {
      const processes = [await limiterOf(limit), await limiterOf(limit)]
      const id = key()
      const first = await Promise.all(processes.map((process) => times(limit, () => process.take(id))))
      expect(grantedOf(first.flat())).toBe(limit)
      const last = await processes[0]!.take(id)
      expect(last).toMatchObject({ granted: false, limit, remaining: 0, windowSeconds: 60 })
      expect(last.resetSeconds).toBeGreaterThan(0)
      expect(last.resetSeconds).toBeLessThanOrEqual(60)
    })

    it.each([
      [1000, 100],
      [1000, 7],
      [60, 60],
    ])(
      'of %p tokens two processes grant what costs %p as often as it fits, or not at all',
      async (limit, cost) => {
        const processes = [await limiterOf(limit), await limiterOf(limit)]
        const id = key()
        const fits = Math.floor(limit / cost)
        const asked = await Promise.all(processes.map((one) => times(fits + 2, () => one.take(id, cost))))
        const granted = grantedOf(asked.flat())
        // What is left in the two processes' leases may be too little in each of them.
        expect(granted).toBeLessThanOrEqual(fits)
        expect(granted).toBeGreaterThanOrEqual(fits - 1)
        const rest = await Promise.all(processes.map((one) => times(limit, () => one.take(id))))
        expect(grantedOf(rest.flat()) + cost * granted).toBe(limit)
      },
    )

    it('a request that is too expensive for what is left takes nothing', async () => {
      const one = await limiterOf(1000)
      const id = key()
      expect(await one.take(id, 950)).toMatchObject({ granted: true, remaining: 50 })
      expect(await one.take(id, 100)).toMatchObject({ granted: false, remaining: 50 })
      expect(await one.take(id, 50)).toMatchObject({ granted: true, remaining: 0 })
    })

    it('counts each key for itself, and tells what is left', async () => {
      const one = await limiterOf(5)
      const [id, other] = [key(), key()]
      await times(5, () => one.take(id))
      expect((await one.take(id)).granted).toBe(false)
      expect(await one.take(other)).toMatchObject({ granted: true, remaining: 4 })
      expect(await one.take(other)).toMatchObject({ granted: true, remaining: 3 })
    })
  })
}

describe('the limiter', () => {
  it('begins anew with the next window', async () => {
    // A window of a second, which no setting makes, so that the test need not wait a minute.
    const limiter = new RateLimiter(new RateLimiterMemory({ points: 2, duration: 1 }))
    expect(grantedOf(await times(5, () => limiter.take('a')))).toBe(2)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    expect(grantedOf(await times(5, () => limiter.take('a')))).toBe(2)
  })

  it('has the next batch before the one it has is used up, so that no request waits for it', async () => {
    const store = new RateLimiterMemory({ points: 1000, duration: 60 })
    const consume = jest.spyOn(store, 'consume')
    const limiter = new RateLimiter(store)
    await limiter.take('a')
    for (let taken = 1; taken < 1000; taken++) {
      expect(limiter.take('a')).toMatchObject({ granted: true, remaining: 999 - taken })
      await new Promise(setImmediate)
    }
    expect(limiter.take('a')).toMatchObject({ granted: false, remaining: 0 })
    expect(consume).toHaveBeenCalledTimes(100)
  })

  it('goes on in each process while its store is down', async () => {
    const context = await TestContext.create()
    const database = await Database.connect(context.config, [])
    const limiter = (await createRateLimiter(
      { ...context.config, RATE_LIMIT_PER_MINUTE: 3 },
      database.system,
    ))!
    await database.close()
    expect(grantedOf(await times(10, () => limiter.take('a')))).toBe(3)
    await context.close()
  })

  it('is none at 0', async () => {
    expect(await createRateLimiter({ RATE_LIMIT_PER_MINUTE: 0 } as never, {} as never)).toBeNull()
  })
})
