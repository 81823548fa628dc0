import { pageOf, type Slice } from '#core'
import { type ListPlace, SealedPages } from './sealed-pages.js'

const pages = new SealedPages({ APP_SECRET: 's'.repeat(32) })
const scope = { list: 'numbers', workspaceId: 'ws_1', filter: {} }

/** Counts down from 10, as a service would read it: one more than is asked for. */
const numbers = ({ limit, offset, after }: Slice) => {
  const rows = Array.from({ length: 10 }, (_, i) => 10 - i)
    .filter((n) => after === undefined || n < Number(after[0]))
    .slice(offset, offset + limit + 1)
  return Promise.resolve(pageOf(rows, limit, (n) => [String(n)]))
}

describe('a page of a list', () => {
  it.each([1, 3, 5, 10, 11])('by cursor, %p at a time, has every row once', async (size) => {
    const seen: number[] = []
    let place: ListPlace = { size, offset: 0 }
    for (;;) {
      const { rows, hasMore, next } = await pages.read(scope, place, numbers)
      seen.push(...rows)
      expect(hasMore).toBe(next !== null)
      if (next === null) break
      place = { size, offset: 0, cursor: next }
    }
    expect(seen).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  })

  it('by offset, and from there by cursor', async () => {
    const second = await pages.read(scope, { size: 4, offset: 4 }, numbers)
    expect(second.rows).toEqual([6, 5, 4, 3])
    const third = await pages.read(scope, { size: 4, offset: 0, cursor: second.next! }, numbers)
    expect(third).toEqual({ rows: [2, 1], hasMore: false, next: null })
  })

  it('a cursor of another list reads nothing', async () => {
    const { next } = await pages.read(scope, { size: 1, offset: 0 }, numbers)
    const other = { ...scope, list: 'letters' }
    const list = jest.fn(numbers)
    const refused = pages.read(other, { size: 1, offset: 0, cursor: next! }, list)
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_CURSOR' })
    expect(list).not.toHaveBeenCalled()
  })
})
