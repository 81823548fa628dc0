import { PART_BYTES, returnPartBuffer, takePartBuffer } from './part-buffers.js'

describe('the buffers of parts', () => {
  it('are used again, three of them, and the others are freed', () => {
    const taken = [1, 2, 3, 4, 5].map(() => takePartBuffer())
    for (const buffer of taken) returnPartBuffer(buffer)
    expect(taken.map(({ length }) => length)).toEqual([PART_BYTES, PART_BYTES, PART_BYTES, 0, 0])
    const again = [1, 2, 3, 4].map(() => takePartBuffer())
    expect(again.slice(0, 3).every((buffer) => taken.includes(buffer))).toBe(true)
    expect(again.map(({ length }) => length)).toEqual([PART_BYTES, PART_BYTES, PART_BYTES, PART_BYTES])
  })
})
