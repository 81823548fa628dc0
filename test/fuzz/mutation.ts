import type { Draft } from './draft.js'
import type { Pools } from './pools.js'

/** Spoils a request in one way. */
export type Mutation = (draft: Draft, pools: Pools) => void
