import { aborted } from '#core'
import { until } from '../../../../test/support/until.js'
import { Heartbeat, StoppedError } from './heartbeat.js'

const terms = { EXPORT_LEASE_SECONDS: 1, EXPORT_MAX_SECONDS: 600 }

it.each<[string, () => Promise<boolean>]>([
  ['is never answered', () => new Promise(() => undefined)],
  ['fails again and again', () => Promise.reject(new Error('away'))],
  ['says that the claim is another’s', () => Promise.resolve(false)],
])('a renewal that %s ends the work', async (_, renew) => {
  const heartbeat = new Heartbeat(renew, terms)
  await aborted(heartbeat.signal)
  expect(heartbeat.signal.reason).toEqual(new StoppedError('fenced'))
})

it('a renewal that fails once does not end the work', async () => {
  let beats = 0
  const renew = () => {
    beats += 1
    return beats === 1 ? Promise.reject(new Error('away')) : Promise.resolve(true)
  }
  const heartbeat = new Heartbeat(renew, terms)
  await until('a beat after the lease that the first one did not renew', () => beats > 5)
  heartbeat.stop()
  expect(heartbeat.signal.aborted).toBe(false)
})
