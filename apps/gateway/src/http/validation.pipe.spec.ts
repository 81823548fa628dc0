import type { ArgumentMetadata } from '@nestjs/common'
import { z } from 'zod'
import { refusal } from '../testing/refusal.js'
import { requiredText, timeZoneField, wholeNumber } from './fields.js'
import { ValidationPipe } from './validation.pipe.js'

const pipe = new ValidationPipe()
const run = (schema: z.ZodType, value: unknown, metadata: Partial<ArgumentMetadata> = {}) =>
  pipe.transform(value, { type: 'body', ...metadata, schema } as ArgumentMetadata)

function detailsOf(schema: z.ZodType, value: unknown, metadata: Partial<ArgumentMetadata> = {}): unknown {
  const { code, details } = refusal(() => run(schema, value, metadata))
  expect(code).toBe('VALIDATION_ERROR')
  return details
}

describe('ValidationPipe', () => {
  const body = z.strictObject({ name: requiredText(5), inner: z.strictObject({ a: z.string() }).optional() })

  it('lets through what has no schema', () => {
    expect(pipe.transform('x', { type: 'custom' })).toBe('x')
  })

  it.each<[unknown, object]>([
    [{}, { field: 'name', message: 'Is required' }],
    [{ name: 1 }, { field: 'name', value: 1, message: 'Must be text' }],
    [{ name: ' ' }, { field: 'name', value: ' ', message: 'Must not be empty' }],
    [{ name: 'toolong' }, { field: 'name', value: 'toolong', message: 'Must have at most 5 characters' }],
    [
      { name: 'a', foo: 2 },
      { field: 'foo', value: 2, message: 'Is not a known field' },
    ],
    [
      { name: 'a', inner: { a: 'b', c: [] } },
      { field: 'inner.c', message: 'Is not a known field' },
    ],
    [
      { name: 'a', inner: 'x' },
      { field: 'inner', value: 'x', message: 'Must be an object' },
    ],
    [undefined, { message: 'The body must be a JSON object' }],
    [[], { message: 'The body must be a JSON object' }],
  ])('%j: names what is wrong', (value, details) => {
    expect(detailsOf(body, value)).toEqual({ value: undefined, ...details })
  })

  it.each(['page[]', 'page[0]', 'page[$gt]'])('a query that has %s does not mean nothing', (name) => {
    const query = z.object({ page: z.string().optional() })
    const details = detailsOf(query, { [name]: '1' }, { type: 'query' })
    expect(details).toMatchObject({ field: 'page' })
    expect(run(query, { 'utm[]': '1', page: 'x' }, { type: 'query' })).toEqual({ page: 'x' })
  })

  it('names a parameter of the path', () => {
    const details = detailsOf(requiredText(2), 'abc', { type: 'param', data: 'id' })
    expect(details).toMatchObject({ field: 'id', value: 'abc' })
  })

  it.each(['a\0', '\ud800', 'x\udc00x'])('refuses %j, which no text of PostgreSQL can hold', (name) => {
    expect(detailsOf(body, { name })).toMatchObject({ field: 'name' })
    expect(detailsOf(body, { name: 'a', inner: { a: name } })).toMatchObject({ field: 'inner.a' })
    const record = z.object({ metadata: z.record(z.string(), z.unknown()) })
    expect(detailsOf(record, { metadata: { [name]: 1 } })).toMatchObject({ field: 'metadata' })
  })

  it('keeps emoji, and names that JavaScript knows', () => {
    const record = z.object({ metadata: z.record(z.string(), z.unknown()) })
    const value = { metadata: { constructor: '😀', prototype: 1 } }
    expect(run(record, value)).toEqual(value)
  })

  it('echoes no more of a long value than helps', () => {
    expect(detailsOf(body, { name: 'x'.repeat(1000) })).toMatchObject({
      value: `${'x'.repeat(200)}…`,
    })
  })
})

describe('wholeNumber', () => {
  const schema = wholeNumber({ min: 1, max: 100, fallback: 20 })

  it.each([
    ['1', 1],
    [7, 7],
    ['100', 100],
    ['101', 100],
    ['9'.repeat(400), 100],
    [undefined, undefined],
  ])('%p is %p', (given, meant) => {
    expect(schema.parse(given)).toBe(meant)
  })

  it.each(['0', '-1', '+1', '1.5', '1e3', '0x10', ' 1', '', 'abc', 1.5, -1, NaN, null, ['1', '2'], true])(
    'refuses %p',
    (given) => {
      expect(schema.safeParse(given).success).toBe(false)
    },
  )
})

describe('timeZoneField', () => {
  it.each(['UTC', 'America/Lima', 'Europe/Madrid'])('takes %s', (zone) => {
    expect(timeZoneField.safeParse(zone).success).toBe(true)
  })

  it.each(['', '+05:00', 'Mars/Olympus', "UTC'; DROP", 'x'.repeat(100)])('refuses %p', (zone) => {
    expect(timeZoneField.safeParse(zone).success).toBe(false)
  })
})
