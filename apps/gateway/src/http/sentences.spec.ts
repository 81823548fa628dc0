import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { sentenceOf } from './sentences.js'

const wrongValues = [
  undefined,
  null,
  true,
  -1,
  1.5,
  NaN,
  Infinity,
  9e20,
  '',
  'x',
  'x'.repeat(5000),
  [],
  [1],
  ['', ''],
  Array.from({ length: 600 }, () => 'x'),
  {},
  { x: 1 },
  { ['k'.repeat(300)]: 1 },
]

/** How zod begins its own sentences. */
const foreign = /^(Invalid|Too |Unrecognized|Expected|Required)|expected|received/

/** Every schema of a request, by the names that all of them have. */
async function requestSchemas(): Promise<[string, z.ZodType][]> {
  const root = resolve('apps/gateway/src')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.schema.ts'),
  )
  const modules = await Promise.all(
    files.map((file) => import(join(root, file)) as Promise<Record<string, unknown>>),
  )
  return modules
    .flatMap((module) => Object.entries(module))
    .filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType)
    .filter(([name]) => /(Body|Query|Parameter)$/.test(name))
}

/** The paths of a schema's fields, at every level; the empty one for itself. */
function paths(schema: z.ZodType): string[][] {
  const inner = bare(schema)
  if (inner instanceof z.ZodArray)
    return [[], ...paths(inner.unwrap() as z.ZodType).map((path) => ['0', ...path])]
  if (!(inner instanceof z.ZodObject)) return [[]]
  const shape: Record<string, z.ZodType> = inner.shape
  const below = Object.entries(shape).map(([name, field]) => paths(field).map((path) => [name, ...path]))
  return [[], ...below.flat()]
}

/** Without `optional`, `default` and the like. */
function bare(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodPipe) return bare(schema.in as z.ZodType)
  const wraps =
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
  return wraps ? bare(schema.unwrap() as z.ZodType) : schema
}

const nested = (path: string[], value: unknown): unknown =>
  path.reduceRight((inner, name) => (name === '0' ? [inner] : { [name]: inner }), value)

it('whatever is wrong with a request, the sentence is our own', async () => {
  const schemas = await requestSchemas()
  expect(schemas.map(([name]) => name)).toEqual(
    expect.arrayContaining([
      'newLeadBody',
      'getLeadsQuery',
      'newExportBody',
      'archiveListQuery',
      'newKeyBody',
    ]),
  )
  const sentences = new Map<string, string>()
  for (const [name, schema] of schemas)
    for (const path of paths(schema))
      for (const value of wrongValues) {
        const issues = schema.safeParse(nested(path, value), { error: sentenceOf }).error?.issues ?? []
        for (const { message } of issues) sentences.set(message, [name, ...path].join('.'))
      }
  expect(sentences.size).toBeGreaterThan(10)
  expect([...sentences].filter(([sentence]) => foreign.test(sentence))).toEqual([])
})
