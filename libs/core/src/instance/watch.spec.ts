import { watchInstance } from './watch.js'

describe('a bucket that forbids its marker', () => {
  afterEach(() => jest.useRealTimers())

  it('is warned of again about every minute, for as long as it does', async () => {
    jest.useFakeTimers()
    const warned: unknown[] = []
    const forbidden = new Error('403')
    let forbids = true
    let asked = 0
    await watchInstance({
      check: () => {
        asked += 1
        return forbids ? Promise.reject(forbidden) : Promise.resolve()
      },
      warn: (error) => warned.push(error),
      onOther: () => undefined,
    })
    expect(warned).toEqual([forbidden])
    await jest.advanceTimersByTimeAsync(10 * 60_000)
    expect(warned.length).toBeGreaterThanOrEqual(8)
    expect(warned.length).toBeLessThan(asked)
    forbids = false
    await jest.advanceTimersByTimeAsync(2 * 60_000)
    const told = warned.length
    await jest.advanceTimersByTimeAsync(10 * 60_000)
    expect(warned).toHaveLength(told)
  })
})
