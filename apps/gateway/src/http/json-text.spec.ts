import fc from 'fast-check'
import { scanJson } from './json-scan.js'
import { jsonProblems, keysIn } from './json-text.js'

function jsonProblem(text: string) {
  const [problem = null] = jsonProblems(Buffer.from(text))
  return problem
}

/** JSON text whose objects may have a name twice, and whether one does. */
interface Sample {
  text: string
  doubled: boolean
}

// Few names, some of them one name in two spellings, so that they often meet.
const names = fc.constantFrom('"a"', '"\\u0061"', '"b"', '"a,{\\""', '"\\\\"', '""', '"[1"')
const scalars = fc.oneof(
  names,
  fc.json({ maxDepth: 0 }),
  fc.string().map((text) => JSON.stringify(text)),
)
const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalars.map((text) => ({ text, doubled: false })),
    fc.array(tie('sample'), { maxLength: 4 }).map((items) => ({
      text: `[ ${items.map(({ text }) => text).join(' , ')} ]`,
      doubled: items.some(({ doubled }) => doubled),
    })),
    fc.array(fc.tuple(names, tie('sample')), { maxLength: 3 }).map((members) => ({
      text: `{${members.map(([name, { text }]) => `${name} : ${text}`).join(',')}}`,
      doubled:
        members.some(([, { doubled }]) => doubled) ||
        new Set(members.map(([name]) => JSON.parse(name) as string)).size < members.length,
    })),
  ),
}))

describe('jsonProblems', () => {
  it('finds a name that comes twice exactly where there is one', () => {
    fc.assert(
      fc.property(sample, ({ text, doubled }) => {
        expect(() => JSON.parse(text) as unknown).not.toThrow()
        expect(jsonProblem(text)?.message).toBe(doubled ? 'Comes twice' : undefined)
      }),
      { numRuns: 2000 },
    )
  })

  it('has nothing to say of what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value)
        fc.pre(!text.includes('__proto__'))
        expect(jsonProblem(text)).toBeNull()
      }),
    )
  })

  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"x":[{"b":1},{"b":1,"c":[[],0,{"d":1,"d":1}]}]}', 'x.1.c.2.d'],
    ['{"a":{"b":1},"c":{"b":1},"a":0}', 'a'],
  ])('%s: names %s', (text, path) => {
    expect(jsonProblem(text)).toMatchObject({ path: path.split('.'), message: 'Comes twice' })
  })

  it.each(['{"__proto__":1}', '{"\\u005f_proto__":{}}'])('%s has a name that is not allowed', (text) => {
    expect(jsonProblem(text)).toMatchObject({ path: ['__proto__'], message: 'Is not allowed as a name' })
  })

  it.each(['{"constructor":1,"prototype":2}', '["__proto__","__proto__"]', '{"a":"{\\"a\\":1,\\"a\\":2}"}'])(
    '%s is harmless',
    (text) => {
      expect(jsonProblem(text)).toBeNull()
    },
  )

  it('shows no more of a long name than helps', () => {
    const name = JSON.stringify('x'.repeat(1000))
    expect(jsonProblem(`{${name}:1,${name}:1}`)?.path).toEqual([`${'x'.repeat(100)}…`])
  })
})

describe('keysIn', () => {
  it('counts fewer keys than the text has exactly where a name comes twice', () => {
    fc.assert(
      fc.property(sample, ({ text, doubled }) => {
        const { keys } = scanJson(Buffer.from(text), { keys: Infinity, tokens: Infinity })
        expect(keysIn(JSON.parse(text)) < keys).toBe(doubled)
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['{"__proto__":1}', '[{"a":{"__proto__":{}}}]'])('is NaN for %s', (text) => {
    expect(keysIn(JSON.parse(text))).toBeNaN()
  })
})
