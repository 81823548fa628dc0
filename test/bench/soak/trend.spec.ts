import { trendOf } from './trend.js'

describe('trendOf', () => {
  it('reads gain and slope from a line', () => {
    const line = Array.from({ length: 100 }, (_, n) => 50 + n / 2)
    expect(trendOf(line)).toEqual({ early: 53.5, late: 98.5, gained: 45, slope: 50, most: 99.5 })
  })

  it('takes no garbage of a moment for growth', () => {
    const looks = Array.from({ length: 100 }, (_, n) => (n % 7 === 0 ? 80 : 60))
    const { gained, slope, most } = trendOf(looks)
    expect([gained, most]).toEqual([0, 80])
    expect(Math.abs(slope)).toBeLessThan(2)
  })

  it('leaves the first tenth out of the slope, in which a process warms up', () => {
    const looks = Array.from({ length: 100 }, (_, n) => (n < 10 ? n * 10 : 100))
    expect(trendOf(looks).slope).toBe(0)
  })

  it('refuses too few units', () => {
    expect(() => trendOf([1, 2, 3])).toThrow('10 units')
  })
})
