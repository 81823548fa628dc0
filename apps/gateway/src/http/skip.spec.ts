import { z } from 'zod'
import { refusal } from '../testing/refusal.js'
import { MAX_OFFSET } from './paging.js'
import { limitField, skipField, skipPlace } from './skip.js'

const query = z.object({ skip: skipField, limit: limitField })

describe('skip and limit', () => {
  it('are 0 and 10 unless given', () => {
    expect(skipPlace(query.parse({}))).toEqual({ size: 10, offset: 0 })
    expect(skipPlace(query.parse({ skip: '20', limit: '5' }))).toEqual({ size: 5, offset: 20 })
  })

  it('limit is cut to 100', () => {
    expect(skipPlace(query.parse({ limit: '101' })).size).toBe(100)
  })

  it.each<readonly [string, string]>([
    ['limit', '0'],
    ...['limit', 'skip'].flatMap((field) =>
      ['-1', '1e3', '0x10', '', ' 1', '1.0', 'ten'].map((value) => [field, value] as const),
    ),
  ])('%s=%p is refused', (field, value) => {
    expect(query.safeParse({ [field]: value }).error?.issues[0]?.path).toEqual([field])
  })

  it('a cursor takes the place of skip', () => {
    expect(skipPlace({ cursor: 'c', limit: 3 })).toEqual({ size: 3, offset: 0, cursor: 'c' })
    expect(refusal(() => skipPlace({ cursor: 'c', skip: 0 })).details.field).toBe('skip')
  })

  it('past the deepest row, a cursor is the way', () => {
    expect(skipPlace({ skip: MAX_OFFSET }).offset).toBe(MAX_OFFSET)
    expect(refusal(() => skipPlace({ skip: MAX_OFFSET + 1 })).details.field).toBe('cursor')
    expect(refusal(() => skipPlace(query.parse({ skip: '9'.repeat(400) }))).details.field).toBe('cursor')
  })
})
