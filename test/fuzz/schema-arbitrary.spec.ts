import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { arbitraryOf, type JsonSchema } from './schema-arbitrary.js'

const context = { schemas: { Name: { type: 'string', minLength: 1, maxLength: 3 } } as const }

describe('values made of a schema', () => {
  const schemas: [string, JsonSchema][] = [
    ['text within its length', { type: 'string', minLength: 2, maxLength: 5 }],
    ['text of a pattern', { type: 'string', pattern: '^[a-z]{1,4}@[a-z]+$', maxLength: 20 }],
    ['an integer within its bounds', { type: 'integer', minimum: 1 }],
    ['an integer between bounds', { type: 'integer', minimum: -3, maximum: 4 }],
    ['a number', { type: 'number', minimum: 0 }],
    ['one of a list', { type: 'string', enum: ['a', 'b'] }],
    ['text or null', { anyOf: [{ type: 'string', maxLength: 4 }, { type: 'null' }] }],
    ['several types', { type: ['boolean', 'null'] }],
    ['a list', { type: 'array', items: { type: 'boolean' }, minItems: 2, maxItems: 4 }],
    ['anything', {}],
    ['an open object', { type: 'object', additionalProperties: {} }],
    ['an object with something in it', { type: 'object', properties: { a: {}, b: {} }, minProperties: 1 }],
    [
      'an object of objects',
      {
        type: 'object',
        properties: { name: { $ref: '#/components/schemas/Name' }, at: { type: 'object', properties: {} } },
        required: ['name'],
        additionalProperties: false,
      },
    ],
  ]

  it.each(schemas)('%s: accepted by the schema', (_what, schema) => {
    const validate = new Ajv2020({ strict: false }).compile({
      ...(JSON.parse(JSON.stringify(schema)) as object),
      components: context,
    })
    fc.assert(
      fc.property(arbitraryOf(schema, context), (value) => {
        validate(JSON.parse(JSON.stringify(value)))
        return validate.errors === null
      }),
    )
  })

  it('takes what a name stands for before what its schema says', () => {
    const schema: JsonSchema = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }
    const named = (property: string) => (property === 'id' ? fc.constant('known') : undefined)
    expect(fc.sample(arbitraryOf(schema, { ...context, named }), 1)).toEqual([{ id: 'known' }])
  })

  it('refuses a keyword that it would have to ignore', () => {
    const schema = { type: 'string', contentEncoding: 'base64' } as JsonSchema
    expect(() => arbitraryOf(schema, context)).toThrow('contentEncoding')
  })

  it('refuses a reference that leads nowhere', () => {
    expect(() => arbitraryOf({ $ref: '#/components/schemas/Other' }, context)).toThrow('Other')
  })
})
