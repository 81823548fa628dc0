import type { ArgumentMetadata } from '@nestjs/common'
import { z } from 'zod'
import { AppError } from '#core'
import { requiredText, timeZoneField, wholeNumber } from './fields.js'
import { ValidationPipe } from './validation.pipe.js'

const pipe = new ValidationPipe()
const run = (schema: z.ZodType, value: unknown, metadata: Partial<ArgumentMetadata> = {}) =>
  pipe.transform(value, { type: 'body', ...metadata, schema } as ArgumentMetadata)

async function detailsOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  if (!(error instanceof AppError)) throw new Error('it was accepted')
  expect(error.code).toBe('VALIDATION_ERROR')
  return error.details
}

describe('ValidationPipe', () => {
  const body = z.strictObject({ name: requiredText(5), inner: z.strictObject({ a: z.string() }).optional() })

  it('lets through what has no schema', async () => {
    await expect(pipe.transform('x', { type: 'custom' })).resolves.toBe('x')
  })

  it.each<[unknown, object]>([
    [{}, { field: 'name', message: 'Is required' }],
    [{ name: 1 }, { field: 'name', value: 1, message: 'Must be text' }],
    [{ name: ' ' }, { field: 'name', value: ' ', message: 'Must not be empty' }],
    [{ name: 'toolong' }, { field: 'name', value: 'toolong', message: 'Must have at most 5 characters' }],
    [{ name: 'a', foo: 2 }, { field: 'foo', value: 2, message: 'Is not a known field' }],
    [{ name: 'a', inner: { a: 'b', c: [] } }, { field: 'inner.c', message: 'Is not a known field' }],
    [undefined, { message: 'The body must be a JSON object' }],
    [[], { message: 'The body must be a JSON object' }],
  ])('%j: names what is wrong', async (value, details) => {
    expect(await detailsOf(run(body, value))).toEqual({ value: undefined, ...details })
  })

  it('names a parameter of the path', async () => {
    const details = await detailsOf(run(requiredText(2), 'abc', { type: 'param', data: 'id' }))
    expect(details).toMatchObject({ field: 'id', value: 'abc' })
  })

  it.each(['a\0', '\ud800', 'x\udc00x'])('refuses %j, which no text of PostgreSQL can hold', async (name) => {
    expect(await detailsOf(run(body, { name }))).toMatchObject({ field: 'name' })
    expect(await detailsOf(run(body, { name: 'a', inner: { a: name } }))).toMatchObject({ field: 'inner.a' })
    const record = z.object({ metadata: z.record(z.string(), z.unknown()) })
    expect(await detailsOf(run(record, { metadata: { [name]: 1 } }))).toMatchObject({ field: 'metadata' })
  })

  it('keeps emoji, and names that JavaScript knows', async () => {
    const record = z.object({ metadata: z.record(z.string(), z.unknown()) })
    const value = { metadata: { constructor: '😀', prototype: 1 } }
    await expect(run(record, value)).resolves.toEqual(value)
  })

  it('echoes no more of a long value than helps', async () => {
    expect(await detailsOf(run(body, { name: 'x'.repeat(1000) }))).toMatchObject({ value: `${'x'.repeat(200)}…` })
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
