import { FailedAttempts } from './failed-attempts.js'

const times = (count: number, work: (i: number) => number) => Array.from({ length: count }, (_, i) => work(i))

describe('FailedAttempts', () => {
  it('allows 20 failures a minute of one address, and other addresses go on', () => {
    const attempts = new FailedAttempts()
    expect(times(20, () => attempts.take('192.0.2.1', 0))).toEqual(Array(20).fill(0))
    expect(attempts.take('192.0.2.1', 30_000)).toBe(30)
    expect(attempts.take('192.0.2.2', 30_000)).toBe(0)
    expect(attempts.take('192.0.2.1', 60_000)).toBe(0)
  })

  it('counts no attempt whose secret was right', () => {
    const attempts = new FailedAttempts()
    for (let i = 0; i < 100; i++) {
      expect(attempts.take('192.0.2.1', 0)).toBe(0)
      attempts.giveBack('192.0.2.1')
    }
  })

  it('allows 1,000 failures a minute of all, but holds up nobody who had the right secret', () => {
    const attempts = new FailedAttempts()
    attempts.take('198.51.100.1', 0)
    attempts.giveBack('198.51.100.1')
    const refused = times(1100, (i) => attempts.take(`10.0.${i >> 8}.${i & 255}`, 0)).filter(
      (wait) => wait > 0,
    )
    expect(refused).toHaveLength(100)
    expect(attempts.take('198.51.100.2', 0)).toBeGreaterThan(0)
    expect(attempts.take('198.51.100.1', 0)).toBe(0)
  })

  it('counts the addresses of one /64 of IPv6 together, however they are written', () => {
    const attempts = new FailedAttempts()
    times(19, (i) => attempts.take(`2001:db8:0:1::${i.toString(16)}`, 0))
    expect(attempts.take('2001:0db8::1:0:0:0:5', 0)).toBe(0)
    expect(attempts.take('2001:db8:0:1:ffff::1', 0)).toBeGreaterThan(0)
    expect(attempts.take('2001:db8:0:2::1', 0)).toBe(0)
    expect(attempts.take('::ffff:192.0.2.9', 0)).toBe(0)
  })
})
