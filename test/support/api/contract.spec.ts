import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client } from './client.js'

const json = (schema: object) => ({ 'application/json': { schema } })
const thing = {
  type: 'object',
  properties: { id: { type: 'integer' }, made: { type: 'string', format: 'date-time' } },
  required: ['id'],
}
const error = {
  type: 'object',
  properties: { code: { type: 'string' }, details: { type: 'object', properties: { field: {} } } },
  required: ['code'],
}

const document = {
  paths: {
    '/things/{id}': {
      get: {
        responses: {
          200: { description: '', content: json({ $ref: '#/components/schemas/Thing' }) },
          404: { $ref: '#/components/responses/NotFound' },
        },
      },
      delete: { responses: { 204: { description: '' } } },
    },
    '/things/latest': {
      get: { responses: { 200: { description: '', content: json({ type: 'array' }) } } },
    },
  },
  components: {
    schemas: { Thing: thing, Error: error },
    responses: { NotFound: { description: '', content: json({ $ref: '#/components/schemas/Error' }) } },
  },
}

/** A server that publishes the document and answers whatever it is told to: what holds answers must be seen to fail. */
describe('the contract that the tests hold every answer against', () => {
  let server: Server
  let client: Client
  let next: { status: number; type?: string; body?: string }

  beforeAll(async () => {
    server = createServer((request, response) => {
      const published = { status: 200, type: 'application/json', body: JSON.stringify(document) }
      const { status, type, body } = request.url === '/openapi.json' ? published : next
      response.writeHead(status, type === undefined ? {} : { 'Content-Type': type }).end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    client = new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  const ask = (method: string, path: string, status: number, body?: unknown, type = 'application/json') => {
    next = body === undefined ? { status } : { status, type, body: JSON.stringify(body) }
    return client.send(method, path, undefined, {})
  }

  it.each([
    ['the documented body', 'GET', '/things/1', 200, { id: 1, made: '2026-01-01T00:00:00.000Z' }],
    ['an error by reference', 'GET', '/things/1?x=/y', 404, { code: 'NOT_FOUND', details: { field: 'id' } }],
    ['nothing where nothing is documented', 'DELETE', '/things/1', 204, undefined],
    ['the path without parameters before the one with', 'GET', '/things/latest', 200, []],
    ['an unknown path that is refused', 'GET', '/others', 404, { code: 'NOT_FOUND' }],
    ['an unknown path that is refused without a body', 'HEAD', '/others', 404, undefined],
    ['an unknown method that is refused', 'PUT', '/things/1', 405, { code: 'METHOD_NOT_ALLOWED' }],
    ['what is allowed on a path', 'OPTIONS', '/things/1', 204, undefined],
    ['a path outside the document', 'GET', '/docs', 200, { any: 'thing' }],
  ])('passes %s', async (_what, method, path, status, body) => {
    await expect(ask(method, path, status, body)).resolves.toMatchObject({ status })
  })

  it.each([
    ['a field that is not documented', 'GET', '/things/1', 200, { id: 1, secret: 2 }, /additional.*secret/],
    ['one deeper down', 'GET', '/things/1', 404, { code: 'X', details: { at: 1 } }, /\/details .*"at"/],
    ['a field of another type', 'GET', '/things/1', 200, { id: '1' }, /\/id must be integer/],
    ['a field of another format', 'GET', '/things/1', 200, { id: 1, made: 'now' }, /\/made .*date-time/],
    ['a field that is missing', 'GET', '/things/1', 200, {}, /required property 'id'/],
    ['a status that is not documented', 'GET', '/things/1', 202, { id: 1 }, /none of 200, 404/],
    ['a fault, documented or not', 'GET', '/things/1', 500, { code: 'X' }, /fault of ours/],
    ['a body where none is documented', 'DELETE', '/things/1', 200, { id: 1 }, /none of 204/],
    ['a method that works undocumented', 'POST', '/things/1', 200, { id: 1 }, /no such operation/],
    ['a parameter that is empty', 'GET', '/things/', 200, { id: 1 }, /no such operation/],
    ['a path that works undocumented', 'GET', '/others', 200, { id: 1 }, /no such operation/],
    ['what is allowed on an unknown path', 'OPTIONS', '/others', 204, undefined, /no such operation/],
    ['an error that is not the envelope', 'GET', '/others', 404, { oops: 1 }, /required property 'code'/],
  ])('fails %s', async (_what, method, path, status, body, difference) => {
    await expect(ask(method, path, status, body)).rejects.toThrow(difference)
  })

  it('fails another content type, and says what was asked and what came', async () => {
    const failed = ask('GET', '/things/1', 200, { id: 1 }, 'text/html; charset=utf-8')
    await expect(failed).rejects.toThrow(
      /^GET \/things\/1 answered 200, .*\n.*is text\/html, not application\/json\n/,
    )
    await expect(failed).rejects.toThrow('{"id":1}')
  })
})
