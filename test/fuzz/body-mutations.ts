import * as fc from 'fast-check'
import type { Draft } from './draft.js'
import type { Mutation } from './mutation.js'
import { nastyBytes, nastyJson, nastyText } from './nasty.js'

type Place = { holder: Record<string, unknown>; key: string }

/** Every field of a body, at any depth, of lists too. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])])
}

const at = (draft: Draft, pick: number): Place | undefined => {
  const places = placesIn(draft.body)
  return places[pick % places.length]
}

const replaceField: fc.Arbitrary<Mutation> = fc
  .tuple(fc.nat(100), nastyJson)
  .map(([pick, value]) => (draft) => {
    const place = at(draft, pick)
    if (place !== undefined) set(place.holder, place.key, value)
  })

const removeField: fc.Arbitrary<Mutation> = fc.nat(100).map((pick) => (draft) => {
  const place = at(draft, pick)
  if (place !== undefined) Reflect.deleteProperty(place.holder, place.key)
})

const addField: fc.Arbitrary<Mutation> = fc
  .tuple(fc.nat(100), nastyText, nastyJson)
  .map(([pick, key, value]) => (draft) => {
    const place = at(draft, pick)
    // A list's `length`, or a member far behind its end, would be no field of a body.
    if (place !== undefined && !Array.isArray(place.holder)) set(place.holder, key, value)
  })

/** Metadata is the only field that takes anything: much of it, deep or wide. */
const metadata: fc.Arbitrary<Mutation> = fc
  .oneof(
    fc.integer({ min: 1, max: 40 }).map(nested),
    fc.integer({ min: 98, max: 102 }).map((count) => Object.fromEntries(keys(count))),
    fc.integer({ min: 16_300, max: 16_400 }).map((length) => ({ text: 'x'.repeat(length) })),
    fc.integer({ min: 199, max: 201 }).map((length) => ({ ['k'.repeat(length)]: 1 })),
    fc.dictionary(nastyText, nastyJson, { maxKeys: 8, noNullPrototype: true }),
  )
  .map((value) => ({ body }) => {
    if (typeof body === 'object' && body !== null) set(body as Record<string, unknown>, 'metadata', value)
  })

const repeatField: fc.Arbitrary<Mutation> = fc.constant<Mutation>(({ body, spoil }) => {
  const key = typeof body === 'object' && body !== null ? (Object.keys(body)[0] ?? 'name') : 'name'
  spoil.push((bytes) => Buffer.from(bytes.toString().replace('{', `{${JSON.stringify(key)}:"x",`)))
})

const spoilBytes: fc.Arbitrary<Mutation> = fc
  .tuple(fc.nat(400), fc.integer({ min: 0, max: 255 }), fc.constantFrom('cut', 'flip', 'insert' as const))
  .map(([pick, byte, how]) => ({ spoil }) => {
    spoil.push((bytes) => {
      const index = bytes.length === 0 ? 0 : pick % bytes.length
      const rest = how === 'cut' ? [] : [Buffer.of(byte), bytes.subarray(how === 'flip' ? index + 1 : index)]
      return Buffer.concat([bytes.subarray(0, index), ...rest])
    })
  })

const otherBytes: fc.Arbitrary<Mutation> = nastyBytes.map((bytes) => (draft) => {
  draft.spoil.push(() => bytes)
  if (!draft.headers.some(([name]) => name === 'Content-Type'))
    draft.headers.push(['Content-Type', 'application/json'])
})

/** What may be wrong with the body; a request that has none gets one. */
export const bodyMutations: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: replaceField },
  { weight: 2, arbitrary: removeField },
  { weight: 2, arbitrary: addField },
  { weight: 3, arbitrary: metadata },
  { weight: 1, arbitrary: repeatField },
  { weight: 2, arbitrary: spoilBytes },
  { weight: 2, arbitrary: otherBytes },
)

/** An own property whatever its name, `__proto__` too. A copy, because what comes next may spoil it in turn. */
function set(holder: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(holder, key, {
    value: structuredClone(value),
    enumerable: true,
    configurable: true,
    writable: true,
  })
}

function nested(depth: number): object {
  let value: object = {}
  for (let level = 1; level < depth; level++) value = level % 2 === 0 ? { a: value } : { b: [value] }
  return value
}

const keys = (count: number): [string, number][] => Array.from({ length: count }, (_, i) => [`key ${i}`, i])
