import { leadList } from './leads.sql.js'
import { pageQuery, whereAll } from './list-query.js'

describe('pageQuery', () => {
  const everything = whereAll([])
  const sizes = Array.from({ length: 1000 }, (_, n) => n + 1)
  const place = ['2026-01-01', '1']

  it.each([
    ['the first page', undefined],
    ['the page behind a place', place],
  ])('makes few statements for %s, whatever its size', (_, after) => {
    const names = sizes.map((limit) => pageQuery(leadList, everything, { limit, offset: 0, after }).name)
    // Every connection keeps each of them prepared, with its plan, as long as it lives.
    expect(new Set(names).size).toBeLessThan(10)
  })

  it('reads at least one row more than a page has', () => {
    for (const limit of sizes) {
      const { text } = pageQuery(leadList, everything, { limit, offset: 0, after: undefined })
      expect(Number(/LIMIT (\d+)/.exec(text)![1])).toBeGreaterThan(limit)
    }
  })
})
