import fc from 'fast-check'
import { MAX_DEPTH } from './json-budgets.js'
import { isClosed, scanJson } from './json-scan.js'
import { keysIn } from './json-text.js'

const without = { keys: Infinity, tokens: Infinity }
const scan = (text: string, budget = without) => scanJson(Buffer.from(text), budget)
const values = fc.jsonValue({ maxDepth: 8 })
const tokensIn = (value: unknown): number =>
  typeof value !== 'object' || value === null
    ? 1
    : Object.values(value).reduce<number>(
        (sum, inner) => sum + tokensIn(inner) + (Array.isArray(value) ? 0 : 1),
        1,
      )

describe('scanJson', () => {
  it('counts the keys that JSON.parse finds', () => {
    fc.assert(
      fc.property(values, fc.nat({ max: 2 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        fc.pre(!text.includes('__proto__'))
        expect(scan(text)).toEqual({ keys: keysIn(value), items: [], isTooDeep: false })
      }),
    )
  })

  it('takes as many keys and values as the budget has, and not one more', () => {
    fc.assert(
      fc.property(values, (value) => {
        const [text, tokens] = [JSON.stringify(value), tokensIn(value)]
        expect(scan(text, { ...without, tokens }).excess).toBeUndefined()
        expect(scan(text, { ...without, tokens: tokens - 1 }).excess?.message).toMatch(/keys and values$/)
      }),
    )
  })

  const nested = (levels: number) => `{"m":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
  it('counts levels, the outermost one too', () => {
    expect(scan(nested(MAX_DEPTH)).excess).toBeUndefined()
    for (const levels of [MAX_DEPTH + 1, 100_000]) {
      const excess = { field: 'm', message: 'Is nested deeper than 32 levels' }
      expect(scan(nested(levels))).toMatchObject({ excess, isTooDeep: true })
    }
  })

  it('gives up at the first key that is too much', () => {
    const keys = Array.from({ length: 400_000 }, (_, i) => `"${i}":1`).join()
    const budget = { keys: 100, tokens: 1000 }
    expect(scan(`{"a":{${keys}}}`, budget)).toEqual({
      keys: 101,
      items: [],
      excess: { field: 'a', message: 'Has more than 100 keys' },
      isTooDeep: false,
    })
  })

  it('never fails on what is not JSON', () => {
    const noise = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '1', 'a', ' ', '\n', '\0', 'é'),
    })
    fc.assert(
      fc.property(noise, (text) => void scan(text, { keys: 3, tokens: 9 })),
      { numRuns: 2000 },
    )
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void scanJson(Buffer.from(bytes), without)))
  })

  it('shows no more of a long name than helps', () => {
    const name = JSON.stringify('x'.repeat(1000))
    expect(scan(`{${name}:[1,1]}`, { ...without, tokens: 3 }).excess?.field).toBe(`${'x'.repeat(100)}…`)
  })
})

describe('scanJson of a batch', () => {
  const budget = { keys: 50, tokens: 1000 }
  const list = { field: 'events', budget: { keys: 2, tokens: 6 } }
  const scanBatch = (text: string) => scanJson(Buffer.from(text), budget, list)

  it('finds the items that are over their own budget, and does not count their keys', () => {
    const deep = '['.repeat(40) + ']'.repeat(40)
    const items = [
      '{"a":1,"b":2}',
      '{"a":1,"b":{"c":"]"}}',
      '7',
      `{"a":${deep}}`,
      '[1,2,3,4,5,6]',
      '[1,2,3,4,5]',
      '{"ü":"\\"}","a":[],"d":1}',
    ]
    const text = `{"events":[${items.join(' , ')}],"other":[{"a":1,"b":2,"c":3}]}`
    const found = scanBatch(text)
    expect(found.excess).toBeUndefined()
    expect(found.items.map(({ index, excess }) => [index, excess])).toEqual([
      [1, { field: 'b', message: 'Has more than 2 keys' }],
      [3, { field: 'a', message: expect.any(String) }],
      [4, { message: 'Has more than 6 keys and values' }],
      [6, { message: 'Has more than 2 keys' }],
    ])
    const bytes = Buffer.from(text)
    const cut = found.items.map(({ start, end }) => bytes.toString('utf8', start, end))
    expect(cut).toEqual([1, 3, 4, 6].map((index) => items[index]))
    expect(found.keys).toBe(2 + 2 + 3)
  })

  it('finds them in a list whose name is written with escapes', () => {
    expect(scanBatch('{"\\u0065vents":[{"a":1,"b":2,"c":3}]}').items).toHaveLength(1)
  })

  it('finds the item that is nested too deeply', () => {
    const deep = `{"a":${'['.repeat(40)}${']'.repeat(40)}}`
    const json = Buffer.from(`{"events":[{"b":1},${deep},{"b":1}]}`)
    const { items } = scanJson(json, without, { field: 'events', budget: without })
    const excess = { field: 'a', message: 'Is nested deeper than 32 levels' }
    expect(items.map((item) => [item.index, item.excess])).toEqual([[1, excess]])
  })

  it('counts what it skips for the budget of the whole', () => {
    const text = `{"events":[${'{"a":{"b":{"c":1}}},'.repeat(20)}1]}`
    expect(scanBatch(text).excess).toEqual({ field: 'events', message: 'Has more than 50 keys' })
  })
})

describe('isClosed', () => {
  it.each(['{}', '[[{"a":"[["}]]', '1', ''])('%s is', (text) => {
    expect(isClosed(Buffer.from(text))).toBe(true)
  })
  it.each(['{', '[[]', '{"a":"]', '["\\"]'])('%s is not', (text) => {
    expect(isClosed(Buffer.from(text))).toBe(false)
  })
})
