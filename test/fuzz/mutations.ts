import * as fc from 'fast-check'
import type { Draft } from './draft.js'
import { bodyMutations } from './body-mutations.js'
import { headerMutations } from './header-mutations.js'
import type { Operation } from './operations.js'
import type { Mutation } from './mutation.js'
import { targetMutations } from './target-mutations.js'

const methods = ['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']
const anotherMethod: fc.Arbitrary<Mutation> = fc
  .constantFrom(...methods)
  .map((method) => (draft: Draft) => void (draft.method = method))

/** What may be wrong with a request to an operation. */
export const mutationsOf = (operation: Operation): fc.Arbitrary<Mutation> =>
  fc.oneof(
    { weight: 8, arbitrary: targetMutations(operation) },
    { weight: operation.body === undefined ? 1 : 8, arbitrary: bodyMutations },
    { weight: 4, arbitrary: headerMutations },
    { weight: 1, arbitrary: anotherMethod },
  )
