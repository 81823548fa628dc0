import { json } from './json.js'
import { ndjson } from './ndjson.js'
import { encodeCopy } from './testing/copy-encoder.js'
import { render, renderColumn } from './testing/render.js'

const line = async (
  ...args: [Parameters<typeof renderColumn>[1], Parameters<typeof renderColumn>[2][number]]
) => (await renderColumn(ndjson, args[0], [args[1]])).file.toString()

describe('json', () => {
  it('is an array with an object per line', async () => {
    expect((await renderColumn(json, 'int4', [1, 2])).file.toString()).toBe('[\n{"c":1},\n{"c":2}\n]\n')
    expect((await renderColumn(json, 'int4', [1])).file.toString()).toBe('[\n{"c":1}\n]\n')
    expect((await renderColumn(json, 'int4', [])).file.toString()).toBe('[]\n')
  })
})

describe('ndjson', () => {
  it('is empty when there is no row', async () => {
    expect((await renderColumn(ndjson, 'int4', [])).file.length).toBe(0)
  })
})

describe('values in json', () => {
  it('keeps types', async () => {
    const columns = (['int4', 'bool', 'float8', 'numeric', 'uuid', 'text', 'jsonb', 'date'] as const).map(
      (type) => ({
        name: type,
        type,
      }),
    )
    const row = [-7, false, 0.5, '10.50', '0f8fad5b-d9cb-469f-a165-70867728950e', '5', '{"a": [1, null]}', 0]
    const copy = encodeCopy(
      columns.map(({ type }) => type),
      [row],
    )
    const { file } = await render(ndjson, copy, { columns })
    expect(JSON.parse(file.toString())).toEqual({
      int4: -7,
      bool: false,
      float8: 0.5,
      numeric: 10.5,
      uuid: '0f8fad5b-d9cb-469f-a165-70867728950e',
      text: '5',
      jsonb: { a: [1, null] },
      date: '2000-01-01',
    })
  })

  it('keeps every digit of a long number', async () => {
    expect(await line('int8', 9_007_199_254_740_993n)).toBe('{"c":9007199254740993}\n')
    expect(await line('numeric', '12345678901234567890.10')).toBe('{"c":12345678901234567890.10}\n')
  })

  it('says as a string what JSON has no number for', async () => {
    expect(await line('float8', NaN)).toBe('{"c":"NaN"}\n')
    expect(await line('float8', -Infinity)).toBe('{"c":"-Infinity"}\n')
    expect(await line('numeric', 'NaN')).toBe('{"c":"NaN"}\n')
    expect(await line('timestamptz', 2n ** 63n - 1n)).toBe('{"c":"infinity"}\n')
    expect(await line('timestamptz', 0n)).toBe('{"c":"2000-01-01T00:00:00.000Z"}\n')
  })

  it('tells null from an empty text, and SQL’s NULL and JSON’s null are one', async () => {
    expect(await line('text', null)).toBe('{"c":null}\n')
    expect(await line('text', '')).toBe('{"c":""}\n')
    expect(await line('jsonb', null)).toBe('{"c":null}\n')
    expect(await line('jsonb', 'null')).toBe('{"c":null}\n')
  })

  it('escapes what RFC 8259 wants escaped, and no more', async () => {
    for (let code = 1; code < 0x300; code++) {
      const text = `abc${String.fromCharCode(code)}d`
      expect(await line('text', text)).toBe(`{"c":${JSON.stringify(text)}}\n`.replace('\\u007f', '\u007f'))
    }
  })

  it('escapes names of columns', async () => {
    const { file } = await renderColumn(ndjson, { name: 'say "é"\n', type: 'int4' }, [1])
    expect(JSON.parse(file.toString())).toEqual({ 'say "é"\n': 1 })
  })

  it('embeds jsonb as it is, whatever its length', async () => {
    for (let length = 1; length < 40; length++) {
      const value = `"${'é'.repeat(length)}"`
      expect(await line('jsonb', value)).toBe(`{"c":${value}}\n`)
    }
  })
})
