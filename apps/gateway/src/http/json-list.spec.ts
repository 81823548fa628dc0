import fc from 'fast-check'
import { jsonList, jsonText } from './json-list.js'

describe('JSON that is written by hand', () => {
  it('of a text is what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => expect(jsonText(text)).toBe(JSON.stringify(text))),
    )
    for (let code = 0; code < 0x10000; code++) {
      const text = String.fromCharCode(code)
      if (jsonText(text) !== JSON.stringify(text)) throw new Error(`U+${code.toString(16)}`)
    }
    expect(jsonText(null)).toBe('null')
  })

  it('of a list has its items in their order, whatever is in them', () => {
    const item = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const list = jsonList(items.map((text) => JSON.stringify(text)))
        expect(list.toString()).toBe(JSON.stringify(items))
      }),
    )
    expect(jsonList([]).toString()).toBe('[]')
  })
})
