import * as fc from 'fast-check'

/** As much of JSON Schema 2020-12 as request bodies and parameters are made of. */
export interface JsonSchema {
  $ref?: string
  type?: JsonType | JsonType[]
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  /** Of ours, each value is of one of them only. */
  oneOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  minProperties?: number
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  minimum?: number
  maximum?: number
}
type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'object' | 'array'

export interface SchemaContext {
  schemas: Record<string, JsonSchema>
  /** What a property of this name holds, where its schema alone can't know: ids, names, dates. */
  named?: (property: string) => fc.Arbitrary<unknown> | undefined
}

const constraining = new Set<string>([
  ...[
    '$ref',
    'type',
    'enum',
    'const',
    'anyOf',
    'oneOf',
    'properties',
    'required',
    'additionalProperties',
    'minProperties',
  ],
  ...['items', 'minItems', 'maxItems', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum'],
  // Only ever {"type":"string"}, which every name is.
  'propertyNames',
])
const describing = new Set(['description', 'default', 'example', 'examples', 'title', '$schema'])

/**
 * Values that a schema accepts.
 * @throws Error for a keyword that is not known here, so that no constraint is silently ignored
 */
export function arbitraryOf(schema: JsonSchema, context: SchemaContext): fc.Arbitrary<unknown> {
  const unknown = Object.keys(schema).filter((key) => !constraining.has(key) && !describing.has(key))
  if (unknown.length > 0) throw new Error(`no arbitrary knows the keyword ${unknown.join(', ')}`)
  if (schema.$ref !== undefined) return arbitraryOf(referred(schema.$ref, context), context)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.const !== undefined) return fc.constant(schema.const)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map((one) => arbitraryOf(one, context)))
  if (schema.type === undefined) return fc.jsonValue({ maxDepth: 3 })
  return fc.oneof(...[schema.type].flat().map((type) => ofType(type, schema, context)))
}

/** The schema that a reference of the document names. @throws Error for one that is not there */
export function referred(ref: string, { schemas }: SchemaContext): JsonSchema {
  const schema = schemas[ref.replace('#/components/schemas/', '')]
  if (schema === undefined) throw new Error(`the document has no ${ref}`)
  return schema
}

function ofType(type: JsonType, schema: JsonSchema, context: SchemaContext): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.oneof(
        {
          weight: 4,
          arbitrary: fc.integer({ min: schema.minimum, max: Math.min(schema.maximum ?? 50, 50) }),
        },
        { weight: 1, arbitrary: fc.integer({ min: schema.minimum, max: schema.maximum }) },
      )
    case 'number':
      return fc.double({ min: schema.minimum, max: schema.maximum, noNaN: true, noDefaultInfinity: true })
    case 'string':
      return texts(schema)
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}, context), {
        minLength: schema.minItems,
        maxLength: Math.max(Math.min(schema.maxItems ?? 5, 5), schema.minItems ?? 0),
      })
    case 'object':
      return objects(schema, context)
  }
}

/** Lengths count code points, as JSON Schema's do. */
function texts({ minLength = 0, maxLength = 1000, pattern }: JsonSchema): fc.Arbitrary<string> {
  if (pattern !== undefined) {
    return fc
      .stringMatching(new RegExp(pattern, 'u'))
      .filter((text) => text.length >= minLength && text.length <= maxLength)
  }
  const short = { minLength, maxLength: Math.max(Math.min(maxLength, 30), minLength) }
  return fc.oneof(
    { weight: 6, arbitrary: fc.string({ ...short, unit: 'grapheme-ascii' }) },
    // Any code point, NUL and unassigned ones among them.
    { weight: 2, arbitrary: fc.string({ ...short, unit: 'binary' }) },
    { weight: 1, arbitrary: fc.constantFrom('x'.repeat(maxLength), '💀'.repeat(maxLength)) },
  )
}

/** Optional properties are there a quarter of the time: most of those of a query exclude one another. */
function objects(schema: JsonSchema, context: SchemaContext): fc.Arbitrary<object> {
  const { properties = {}, required = [], additionalProperties = true, minProperties = 0 } = schema
  const named = Object.entries(properties).map(([name, property]) => {
    const present = context.named?.(name) ?? arbitraryOf(property, context)
    const entry = present.map((value): [string, unknown][] => [[name, value]])
    const absent = fc.constant<[string, unknown][]>([])
    return required.includes(name)
      ? entry
      : fc.oneof({ weight: 3, arbitrary: absent }, { weight: 1, arbitrary: entry })
  })
  const known = fc.tuple(...named).map((entries) => Object.fromEntries(entries.flat()))
  const isOpen = Object.keys(properties).length === 0 && additionalProperties !== false
  const all = isOpen ? others(additionalProperties, context) : known
  return all.filter((object) => Object.keys(object).length >= minProperties)
}

const others = (schema: true | JsonSchema, context: SchemaContext): fc.Arbitrary<object> =>
  fc.dictionary(
    fc.string({ maxLength: 20, unit: 'grapheme' }),
    arbitraryOf(schema === true ? {} : schema, context),
    {
      maxKeys: 6,
      noNullPrototype: true,
    },
  )
