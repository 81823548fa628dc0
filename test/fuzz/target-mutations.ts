import * as fc from 'fast-check'
import { type Draft, escape } from './draft.js'
import type { Mutation } from './mutation.js'
import { nastyText } from './nasty.js'
import type { Operation, Parameter } from './operations.js'
import { Reference } from './pools.js'

/** As a path or a query may carry it, or as none should: not every escape is one. */
const encoded: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: nastyText.map(escape) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '%',
      '%zz',
      '%00',
      '%ff',
      '%c0%af',
      '%ed%a0%80',
      '%2',
      '%u0041',
      '+',
      '\xe9',
      '%252f',
      ';',
      '=',
    ),
  },
)

const suffixes = [
  '/',
  '//',
  '/.',
  '/..',
  '/%2e%2e/leads',
  '%2f',
  '%00',
  '/x',
  ';a=b',
  '\\',
  '/*',
  '%',
  '%zz',
  '.json',
  '#x',
  '?',
]
const names = [
  'x',
  '_',
  'page[]',
  'page[a]',
  '__proto__',
  '__proto__[a]',
  'constructor',
  'limit',
  'size',
  'token',
  'format',
  '%00',
  '%zz',
  '',
]

/** What may be wrong with the path and the query. */
export function targetMutations({ parameters }: Operation): fc.Arbitrary<Mutation> {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query')
  const inPath = parameters.filter((parameter) => parameter.in === 'path')
  return fc.oneof(
    ...(inQuery.length === 0 ? [] : queryMutations(inQuery).map((arbitrary) => ({ weight: 3, arbitrary }))),
    ...(inPath.length === 0 ? [] : [{ weight: 3, arbitrary: pathValue(inPath) }]),
    { weight: 1, arbitrary: suffix },
    { weight: 1, arbitrary: spelledOut },
    { weight: 1, arbitrary: extraParameter },
    { weight: 1, arbitrary: otherToken },
  )
}

function queryMutations(parameters: Parameter[]): fc.Arbitrary<Mutation>[] {
  const one = fc.constantFrom(...parameters.map(({ name }) => name))
  const bounds = fc.constantFrom(...parameters).chain(({ name, schema }) => {
    const { maxLength = 100, minimum = 1 } = schema
    const values = [
      'x'.repeat(maxLength),
      'x'.repeat(maxLength + 1),
      '💀'.repeat(maxLength),
      String(minimum - 1),
    ]
    return fc.constantFrom(...values).map(
      (value): Mutation =>
        (draft) =>
          replace(draft, name, escape(value)),
    )
  })
  return [
    fc.tuple(one, encoded).map(
      ([name, value]): Mutation =>
        (draft) =>
          replace(draft, name, value),
    ),
    fc.tuple(one, encoded).map(
      ([name, value]): Mutation =>
        ({ query }) =>
          void query.push([name, value], [name, query[0]?.[1] ?? value]),
    ),
    one.map(
      (name): Mutation =>
        (draft) =>
          void (draft.query = draft.query.filter(([given]) => given !== name)),
    ),
    bounds,
  ]
}

function replace(draft: Draft, name: string, value: string): void {
  draft.query = [...draft.query.filter(([given]) => given !== name), [name, value]]
}

const pathValue = (parameters: Parameter[]): fc.Arbitrary<Mutation> =>
  fc.tuple(fc.constantFrom(...parameters.map(({ name }) => name)), encoded).map(
    ([name, value]): Mutation =>
      ({ path }) =>
        void (path[name] = value),
  )

const suffix: fc.Arbitrary<Mutation> = fc
  .constantFrom(...suffixes)
  .map((text) => (draft) => void (draft.template += text))

/** A letter of the path as its escape, which names the same path (RFC 3986, 6.2.2.2). */
const spelledOut: fc.Arbitrary<Mutation> = fc.nat(40).map((pick) => (draft) => {
  const at = pick % draft.template.length
  const character = draft.template.charAt(at)
  // Not inside a placeholder's name.
  if (!/\w/.test(character) || /\{\w*$/.test(draft.template.slice(0, at))) return
  const code = character.charCodeAt(0).toString(16)
  draft.template = `${draft.template.slice(0, at)}%${code}${draft.template.slice(at + 1)}`
})

const extraParameter: fc.Arbitrary<Mutation> = fc.tuple(fc.constantFrom(...names), encoded).map(
  ([name, value]) =>
    ({ query }) =>
      void query.push([name, value]),
)

/** A token in the URL: our own, another workspace's, or none. Another's stands only beside a path that is not its own. */
const otherToken: fc.Arbitrary<Mutation> = fc
  .tuple(fc.constantFrom('own' as const, 'other' as const, 'nobody' as const), fc.nat(100))
  .map(([whose, pick]) => ({ query, path }, pools) => {
    if (whose === 'other' && 'codename' in path)
      path['codename'] = pools.valueOf(new Reference('codename', 'own', 0))
    query.push(['token', pools.valueOf(new Reference('token', whose, pick))])
  })
