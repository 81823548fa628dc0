import type { SchemasObject } from '@nestjs/swagger'
import { z } from 'zod'

/** Times out: ISO-8601 with milliseconds and Z. zod's own pattern counts leap years, which tells a reader nothing. */
const TIME_PATTERN = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$'

/** For what Nest finds in decorators: anything but zod is not ours. */
export const standardSchemaConverter = (
  schema: unknown,
  { schemaType }: { schemaType: 'input' | 'output' },
) => (schema instanceof z.ZodType ? toOpenApi(schema, schemaType) : undefined)

/** Schemas with an id become components; none of ours both reads and writes, so that no name means two things. */
export function toOpenApi(schema: z.ZodType, io: 'input' | 'output') {
  const converted = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      simplify(jsonSchema, io)
      // zod drops them from what it transforms, as if they were of the transformed; ours are of the wire.
      const { examples } = z.globalRegistry.get(zodSchema) ?? {}
      if (Array.isArray(examples)) jsonSchema.examples = examples
    },
  })
  const { $defs: components } = converted
  delete converted.$schema
  delete converted.$defs
  return { schema: converted, components }
}

/** The components of a schema with an id that no decorator names, so that Nest does not find them. */
export function toComponents(schema: z.ZodType, io: 'input' | 'output'): SchemasObject {
  const text = JSON.stringify(toOpenApi(schema, io).components)
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as SchemasObject
}

function simplify(schema: z.core.JSONSchema.BaseSchema, io: 'input' | 'output'): void {
  // A number that may come as text is documented as the number it means.
  if (schema.type !== undefined) delete schema.anyOf
  // An answer may get fields: a client that refuses the unknown would break by that.
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (schema.format === 'date-time') schema.pattern = TIME_PATTERN
}
