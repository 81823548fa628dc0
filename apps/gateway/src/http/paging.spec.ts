import { refusal } from '../testing/refusal.js'
import { MAX_OFFSET, pagePlace } from './paging.js'

describe('pagePlace', () => {
  it('starts at the first row', () => {
    expect(pagePlace({})).toEqual({ page: 1, size: 20, offset: 0 })
  })

  it('skips whole pages', () => {
    expect(pagePlace({ page: 3, size: 50 })).toEqual({ page: 3, size: 50, offset: 100 })
  })

  it('a cursor takes the place of a page', () => {
    expect(pagePlace({ cursor: 'c', size: 5 })).toEqual({ page: null, size: 5, offset: 0, cursor: 'c' })
    expect(() => pagePlace({ cursor: 'c', page: 1 })).toThrow('Goes without a cursor')
  })

  it.each([MAX_OFFSET / 100 + 2, 1e30, Infinity])(
    'page %p is too deep, and says what leads there',
    (page) => {
      expect(pagePlace({ page: MAX_OFFSET / 100 + 1, size: 100 }).offset).toBe(MAX_OFFSET)
      expect(refusal(() => pagePlace({ page, size: 100 })).details.field).toBe('cursor')
    },
  )
})
