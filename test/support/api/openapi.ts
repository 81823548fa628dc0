/** As much of an OpenAPI document as tests look at. */
export interface Document {
  paths: Record<string, Partial<Record<string, Operation>>>
  components: {
    schemas: Record<string, Schema>
    responses: Record<string, Response>
    [kind: string]: Record<string, object>
  }
  tags: { name: string; description?: string }[]
  security: object[]
}
export interface Operation {
  operationId: string
  summary: string
  tags: string[]
  security?: object[]
  parameters: { name: string; in: string; required: boolean; description?: string; schema: Schema }[]
  requestBody?: { content: Content }
  responses: Record<string, Response | Reference>
}
export interface Response {
  description: string
  headers?: Record<string, object>
  content?: Content
}
interface Reference {
  $ref: string
}
interface Schema {
  example?: unknown
}
type Content = Record<
  string,
  { schema: Schema & Partial<Reference>; examples?: Record<string, { value: unknown }> }
>

/** A response, or the component that it refers to. */
export function resolved({ components }: Document, response: Response | Reference): Response {
  if (!('$ref' in response)) return response
  const name = response.$ref.replace('#/components/responses/', '')
  const component = components.responses[name]
  if (component === undefined) throw new Error(`the document has no ${response.$ref}`)
  return component
}
