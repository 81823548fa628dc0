import type { JsonSchema } from './schema-arbitrary.js'

/** As much of an OpenAPI document as requests are made of. */
export interface ApiDocument {
  paths: Record<string, Partial<Record<string, DocumentedOperation>>>
  components: { schemas: Record<string, JsonSchema> }
}
interface DocumentedOperation {
  operationId: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema: JsonSchema }> }
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  schema: JsonSchema
}

export interface Operation {
  id: string
  method: string
  /** `/api/v1/leads/{leadId}` */
  template: string
  parameters: Parameter[]
  /** Of the JSON body, where there is one. */
  body?: JsonSchema
}

/** Every operation of a document. @throws Error for a body that is not JSON */
export function operationsOf({ paths }: ApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([template, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      operation === undefined ? [] : [operationOf(method.toUpperCase(), template, operation)],
    ),
  )
}

function operationOf(
  method: string,
  template: string,
  { operationId, parameters, requestBody }: DocumentedOperation,
): Operation {
  const body = requestBody?.content['application/json']?.schema
  if (requestBody !== undefined && body === undefined)
    throw new Error(`${operationId} has a body that is no JSON`)
  return { id: operationId, method, template, parameters, ...(body && { body }) }
}
