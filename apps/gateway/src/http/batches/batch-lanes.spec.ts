import { BatchLanes } from './batch-lanes.js'

const bounds = { batches: 4, bytes: 100, items: 20, waitMs: 1000 }
/** Whether it is settled, once all that can happen has. */
const isDone = async (promise: Promise<unknown>) => {
  let done = false
  promise.then(
    () => (done = true),
    () => (done = true),
  )
  await new Promise(setImmediate)
  return done
}
const busy = {
  code: 'TOO_MANY_REQUESTS',
  details: { reason: 'workspace_busy' },
  headers: { 'Retry-After': '1' },
}

describe('BatchLanes', () => {
  it('admits as many batches and bytes of a workspace as may be under way, whatever others have', () => {
    const lanes = new BatchLanes(bounds)
    const leave = [1, 2, 3, 4].map(() => lanes.admit('a', 10))
    expect(() => lanes.admit('a', 10)).toThrow('4 batches under way')
    lanes.admit('b', 60)
    expect(() => lanes.admit('b', 60)).toThrow('1 batches under way')
    // What is let go twice makes room for one.
    leave[0]!()
    leave[0]!()
    lanes.admit('a', 10)
    expect(() => lanes.admit('a', 10)).toThrow('4 batches under way')
  })

  it('admits one batch that is larger than the bound', () => {
    expect(() => new BatchLanes(bounds).admit('a', 1000)).not.toThrow()
  })

  it('lets batches work side by side as long as there is room for their items, and the rest in turn', async () => {
    const lanes = new BatchLanes(bounds)
    for (let n = 0; n < 4; n++) lanes.admit('a', 10)
    const ends = [await lanes.turn('a', 15), await lanes.turn('a', 5)]
    const large = lanes.turn('a', 20)
    const small = lanes.turn('a', 1)
    ends[0]!()
    // The small one would fit, and does not overtake.
    expect([await isDone(large), await isDone(small)]).toEqual([false, false])
    ends[1]!()
    expect([await isDone(large), await isDone(small)]).toEqual([true, false])
    ;(await large)()
    expect(await isDone(small)).toBe(true)
  })

  it('does not let a workspace wait for another', async () => {
    const lanes = new BatchLanes(bounds)
    lanes.admit('a', 10)
    lanes.admit('b', 10)
    await lanes.turn('a', 20)
    expect(await isDone(lanes.turn('b', 20))).toBe(true)
  })

  it('refuses a batch that has waited for too long, and goes on with those behind it', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] })
    const lanes = new BatchLanes(bounds)
    for (let n = 0; n < 3; n++) lanes.admit('a', 10)
    await lanes.turn('a', 10)
    const large = lanes.turn('a', 20)
    const refused = expect(large).rejects.toMatchObject(busy)
    jest.advanceTimersByTime(500)
    const small = lanes.turn('a', 10)
    expect(await isDone(small)).toBe(false)
    jest.advanceTimersByTime(500)
    await refused
    expect(await isDone(small)).toBe(true)
    jest.useRealTimers()
  })
})
