import fc from 'fast-check'
import { mergeJoin } from './merge-join.js'

async function* listed(keys: readonly string[]) {
  for (const key of keys) {
    await Promise.resolve()
    yield { key }
  }
}

async function joined(
  left: readonly string[],
  right: readonly string[],
): Promise<[boolean, string, boolean][]> {
  const pairs: [boolean, string, boolean][] = []
  for await (const { left: l, right: r } of mergeJoin(listed(left), listed(right)))
    pairs.push([l !== null, l?.key ?? r?.key ?? '', r !== null])
  return pairs
}

it('gives every key once, with the sides that have it', async () => {
  const keys = fc.uniqueArray(fc.stringMatching(/^[a-c0-2/_-]{0,4}$/)).map((list) => list.sort())
  await fc.assert(
    fc.asyncProperty(keys, keys, async (left, right) => {
      const all = [...new Set([...left, ...right])].sort()
      expect(await joined(left, right)).toEqual(
        all.map((key) => [left.includes(key), key, right.includes(key)]),
      )
    }),
  )
})

it.each([
  [['b', 'a'], []],
  [[], ['a', 'a']],
])('refuses %j beside %j, which is not in order', async (left, right) => {
  await expect(joined(left, right)).rejects.toThrow('was listed after')
})
