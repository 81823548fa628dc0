import type { components, operations, routes } from './generated.js'

/** The bodies of requests and answers by their names in the OpenAPI document. */
export type Schemas = components['schemas']

export type OperationId = keyof typeof routes

/** What a call takes: `path`, `query`, `header` and `body`, each where its operation has one. */
export type Input<Id extends OperationId> = Omit<operations[Id]['parameters'], 'cookie'> &
  Body<operations[Id]['requestBody']>

/** What a call resolves with: the answer's JSON, nothing for 204, for a file the response to read it from. */
export type Answer<Id extends OperationId> = {
  json: JsonOf<operations[Id]['responses'][keyof operations[Id]['responses']]>
  nothing: undefined
  file: Response
}[(typeof routes)[Id]['answer']]

export interface CallOptions {
  signal?: AbortSignal
}

/** One method per operation, named by its id. */
export type Calls = {
  [Id in OperationId]: object extends Input<Id>
    ? (input?: Input<Id>, options?: CallOptions) => Promise<Answer<Id>>
    : (input: Input<Id>, options?: CallOptions) => Promise<Answer<Id>>
}

interface Json<T> {
  content: { 'application/json': T }
}
type JsonOf<T> = T extends Json<infer B> ? B : never
type Body<R> = [R] extends [undefined]
  ? { body?: never }
  : undefined extends R
    ? { body?: JsonOf<R> }
    : { body: JsonOf<R> }
