import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { RouteOptions } from 'fastify'
import { serveDocs } from '../../apps/gateway/src/http/docs/docs-page.js'
import { previewGateway } from '../../tools/client/gateway-preview.js'
import { outsideTheDocument } from '../support/api/contract.js'
import { type Document, type Operation, resolved } from '../support/api/openapi.js'

describe('the OpenAPI document', () => {
  const routes: string[] = []
  let document: Document

  beforeAll(async () => {
    const app = await previewGateway()
    const server = app.getHttpAdapter().getInstance()
    server.addHook('onRoute', ({ method, url }: RouteOptions) => {
      routes.push(...[method].flat().map((one) => `${one} ${url}`))
    })
    serveDocs(server, app, 'https://your-domain.com')
    await app.init()
    document = (await server.inject('/openapi.json')).json<Document>()
    await app.close()
  })

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, operation]) =>
        operation === undefined ? [] : [{ method, path, operation }],
      ),
    )

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    expect(await validator.validate({ ...structuredClone(document) })).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  it('has every route of the public port but those that are left out on purpose, and no other', () => {
    const served = routes
      .filter((route) => !route.startsWith('HEAD '))
      .filter((route) => !outsideTheDocument.some((pattern) => pattern.test(route.split(' ')[1]!)))
      .map((route) => route.replace(/:(\w+)/g, '{$1}'))
    const documented = operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect(documented.sort()).toEqual([...new Set(served)].sort())
    expect(documented.length).toBeGreaterThan(10)
  })

  it('gives every operation an id that makes a method name, a summary, and a tag that is described', () => {
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const tags = document.tags.map(({ name, description }) => description && name)
    for (const { operation } of operations()) {
      expect(operation.operationId).toMatch(/^[a-z][a-zA-Z]+$/)
      expect(operation.summary).toMatch(/\S/)
      expect(tags).toContain(operation.tags.join())
    }
  })

  it('describes every parameter, and every answer with its body', () => {
    for (const { method, path, operation } of operations()) {
      const at = `${method} ${path}`
      for (const { name, description } of operation.parameters)
        expect([at, name, description]).toEqual([at, name, expect.stringMatching(/\S/)])
      for (const [status, given] of Object.entries(operation.responses)) {
        const response = resolved(document, given)
        expect([at, status, response.description]).toEqual([at, status, expect.stringMatching(/\S/)])
        const hasBody = !['204', '302'].includes(status)
        expect([at, status, response.content !== undefined]).toEqual([at, status, hasBody])
        if (Number(status) < 400) expect(Object.keys(response.headers ?? {})).toContain('X-Request-Id')
      }
    }
  })

  it('names for every route of the API a key, the errors that any can answer, and when to come back', () => {
    for (const { path, operation } of operations().filter(({ path }) => path.startsWith('/api/v1/'))) {
      expect(operation.security ?? document.security).toContainEqual({ bearer: [] })
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(['400', '401', '403', '413', '415', '429', '500', '503']),
      )
      // What a path names may not be there.
      if (path.includes('{')) expect(operation.responses).toHaveProperty('404')
    }
    for (const name of ['TooManyRequests', 'Unavailable'])
      expect(document.components.responses[name]?.headers).toHaveProperty('Retry-After')
  })

  it('names for a route without a key what a body brings, which no probe should send', () => {
    const open = operations().filter(({ path }) => !path.startsWith('/api/v1/'))
    expect(open.length).toBeGreaterThan(1)
    for (const { operation } of open) expect(operation.responses).toMatchObject({ 400: {}, 413: {}, 415: {} })
  })

  it('lets every POST that creates be sent again under an Idempotency-Key', () => {
    const creating = operations().filter(
      ({ method, operation }) => method === 'post' && operation.operationId.startsWith('create'),
    )
    expect(creating.length).toBeGreaterThan(2)
    for (const { operation } of creating) {
      expect(operation.parameters).toContainEqual(
        expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: false }),
      )
      expect(operation.responses).toMatchObject({ 409: {}, 422: {} })
    }
  })

  it('has examples that its own schemas accept, one at least per body of the dialects', () => {
    const ajv = new Ajv2020({ strict: false })
    formats.default(ajv)
    ajv.addSchema({ $id: 'document', components: document.components })
    const checked: string[] = []
    const check = (where: string, schema: object, example: unknown) => {
      const resolvable = JSON.parse(JSON.stringify(schema).replace('"#/', '"document#/')) as object
      ajv.validate(resolvable, example)
      expect([where, ajv.errors]).toEqual([where, null])
      checked.push(where)
    }
    for (const [name, { example }] of Object.entries(document.components.schemas))
      if (example !== undefined) check(name, { $ref: `#/components/schemas/${name}` }, example)
    for (const { operation } of operations())
      for (const { name, schema } of operation.parameters)
        if (schema.example !== undefined) check(`${operation.operationId}.${name}`, schema, schema.example)
    for (const [name, { content = {} }] of Object.entries(document.components.responses))
      for (const { schema, examples = {} } of Object.values(content))
        for (const [code, { value }] of Object.entries(examples)) check(`${name}.${code}`, schema, value)
    expect(checked).toEqual(
      expect.arrayContaining([
        'NewLead',
        'LeadAnswer',
        'GetLeadsBody',
        'GetLeadsAnswer',
        'ArchiveList',
        'ArchiveUrl',
      ]),
    )
    expect(checked).toEqual(
      expect.arrayContaining(['BadRequest.VALIDATION_ERROR', 'Conflict.DUPLICATE_EMAIL']),
    )
    for (const { operation } of operations()) expect(bodiesWithoutExample(document, operation)).toEqual([])
  })
})

/** The bodies that an operation reads or answers with when it works, in so far as they show no example. */
function bodiesWithoutExample({ components }: Document, operation: Operation): string[] {
  const worked = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'))
  const bodies = [operation.requestBody, ...worked.map(([, response]) => response)]
  const names = bodies
    .map((body) => (body !== undefined && 'content' in body ? body.content?.['application/json'] : undefined))
    .filter((content) => content !== undefined)
    .map(({ schema }) => schema.$ref?.replace('#/components/schemas/', '') ?? 'a body without a name')
  return names.filter((name) => components.schemas[name]?.example === undefined)
}
