import * as fc from 'fast-check'

import { type Draft, escape, headerText } from './draft.js'
import type { Mutation } from './mutation.js'
import { mutationsOf } from './mutations.js'
import type { ApiDocument, Operation, Parameter } from './operations.js'
import { type Pools, Reference, type Whose } from './pools.js'
import { arbitraryOf, type SchemaContext } from './schema-arbitrary.js'
import { meaningOf } from './vocabulary.js'

/** A request before it is known what its references stand for. */
export interface Step {
  operation: Operation
  /** In the order of the operation's parameters; undefined: left out. */
  values: unknown[]
  body: unknown
  /** None: the request is as the document wants it. */
  mutations: Mutation[]
  /** Whether the very same is sent once more, when the answer is there or while it is on its way. */
  again: 'no' | 'then' | 'meanwhile'
}

const again = fc.oneof(
  { weight: 18, arbitrary: fc.constant('no' as const) },
  { weight: 1, arbitrary: fc.constantFrom('then' as const, 'meanwhile' as const) },
)

/** Requests to an operation: as documented, to what is of somebody else, or spoiled. */
export function stepsOf(operation: Operation, { components: { schemas } }: ApiDocument): fc.Arbitrary<Step> {
  const build = (whose: fc.Arbitrary<Whose>, mutations: fc.Arbitrary<Mutation[]>) => {
    const named = (name: string) => meaningOf(operation.id, name, whose)
    const context = { schemas, named }
    const values = fc.tuple(...operation.parameters.map((parameter) => valueOf(parameter, context)))
    const body = operation.body === undefined ? fc.constant(undefined) : arbitraryOf(operation.body, context)
    return fc.record({ operation: fc.constant(operation), values, body, mutations, again })
  }
  const none = fc.constant<Mutation[]>([])
  const some = fc.array(mutationsOf(operation), { minLength: 1, maxLength: 3 })
  const own = fc.constant<Whose>('own')
  const anybodys = fc.constantFrom<Whose>('own', 'other', 'other', 'nobody')
  return fc.oneof(
    { weight: 8, arbitrary: build(own, none) },
    { weight: 4, arbitrary: build(anybodys, none) },
    { weight: 7, arbitrary: build(own, some) },
    { weight: 1, arbitrary: build(anybodys, some) },
  )
}

function valueOf({ name, required, schema }: Parameter, context: SchemaContext): fc.Arbitrary<unknown> {
  const value = context.named?.(name) ?? arbitraryOf(schema, context)
  return required
    ? value
    : fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })
}

/** The step as a request of the key's owner, with every reference replaced by what it stands for now. */
export function draftOf(
  { operation, values, body, mutations }: Omit<Step, 'again'>,
  pools: Pools,
  key: string,
): Draft {
  const given = operation.parameters.flatMap((parameter, i) => {
    const value = resolved(values[i], pools)
    return value === undefined ? [] : [{ ...parameter, value: value as string | number }]
  })
  const inPlace = (place: Parameter['in']) => given.filter((parameter) => parameter.in === place)
  const draft: Draft = {
    method: operation.method,
    template: operation.template,
    path: Object.fromEntries(inPlace('path').map(({ name, value }) => [name, escape(`${value}`)])),
    query: inPlace('query').map(({ name, value }) => [escape(name), escape(`${value}`)]),
    headers: [
      ['Authorization', `Bearer ${key}`],
      ...(body === undefined ? [] : [['Content-Type', 'application/json'] as [string, string]]),
      ...inPlace('header').map(({ name, value }): [string, string] => [name, headerText(`${value}`)]),
    ],
    body: resolved(body, pools),
    spoil: [],
  }
  for (const mutate of mutations) mutate(draft, pools)
  return draft
}

function resolved(value: unknown, pools: Pools): unknown {
  if (value instanceof Reference) return pools.valueOf(value)
  if (Array.isArray(value)) return value.map((one: unknown) => resolved(one, pools))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner, pools)]))
}
