import { fastify, type FastifyInstance } from 'fastify'
import { AppError, type ErrorDetails } from '#core'
import { refusal } from '../testing/refusal.js'
import { useJsonBodies } from './json-body.js'
import { parseJson } from './read-json.js'

describe('JSON bodies', () => {
  let server: FastifyInstance
  beforeAll(() => {
    server = fastify()
    useJsonBodies(server)
    server.setErrorHandler((error, _request, reply) =>
      reply.status(400).send(error instanceof AppError ? error.code : 'other'),
    )
    server.route({
      method: ['GET', 'POST'],
      url: '/',
      handler: (request) => ({ body: request.body ?? null }),
    })
  })
  afterAll(() => server.close())

  const send = async (method: 'GET' | 'POST', contentType: string | undefined, payload?: string | Buffer) => {
    const headers = contentType === undefined ? {} : { 'content-type': contentType }
    return (await server.inject({ method, url: '/', headers, payload })).body
  }

  it.each(['GET', 'POST'] as const)('%s: reads JSON, and takes an empty body for none', async (method) => {
    await expect(send(method, 'application/json', '{"a":1}')).resolves.toBe('{"body":{"a":1}}')
    await expect(send(method, 'application/json; charset=utf-8', '{"a":1}')).resolves.toBe('{"body":{"a":1}}')
    await expect(send(method, 'application/json')).resolves.toBe('{"body":null}')
    await expect(send(method, 'application/json', ' \n')).resolves.toBe('{"body":null}')
    await expect(send(method, 'application/x-www-form-urlencoded', '')).resolves.toBe('{"body":null}')
    await expect(send(method, undefined)).resolves.toBe('{"body":null}')
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', undefined])(
    '%p with content is refused',
    async (type) => {
      await expect(send('POST', type, '{"a":1}')).resolves.toBe('UNSUPPORTED_MEDIA_TYPE')
    },
  )

  it.each(['{', '{"a":1,', 'nope', '"', '['.repeat(100_000)])('refuses %.20s', async (payload) => {
    await expect(send('POST', 'application/json', payload)).resolves.toBe('INVALID_JSON')
  })

  it('refuses what is not UTF-8, and what is compressed', async () => {
    await expect(send('POST', 'application/json', Buffer.from('{"a":"\xe1"}', 'latin1'))).resolves.toBe(
      'INVALID_JSON',
    )
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const { body } = await server.inject({ method: 'POST', url: '/', headers, payload: '{"a":1}' })
    expect(body).toBe('UNSUPPORTED_MEDIA_TYPE')
  })
})

describe('parseJson', () => {
  it.each([
    ['{"a":', 'The body ends too early'],
    ['{"a":"x', 'The body ends too early'],
    ['{"a":1', 'The body ends too early'],
    ['{"a":1 "b":2}', 'The body is not JSON from character 8 on'],
    ['María', 'The body is not JSON'],
  ])('says in its own words what is wrong with %s', (text, message) => {
    expect(refusal(() => parseJson(Buffer.from(text)))).toMatchObject({
      code: 'INVALID_JSON',
      details: { message },
    })
  })

  it('names the field that comes twice', () => {
    const { code, details } = refusal(() => parseJson(Buffer.from('{"metadata":{"a":1,"a":2}}')))
    expect([code, details]).toEqual(['VALIDATION_ERROR', { field: 'metadata.a', message: 'Comes twice' }])
  })

  it.each<[string, string, ErrorDetails]>([
    [
      'nesting without end',
      '['.repeat(100_000) + ']'.repeat(100_000),
      { field: '0', message: 'Is nested deeper than 32 levels' },
    ],
    [
      'keys without end',
      `{"metadata":{${Array.from({ length: 4001 }, (_, i) => `"${i}":1`).join()}}}`,
      { field: 'metadata', message: 'Has more than 4000 keys' },
    ],
    [
      'values without end',
      `[${'0,'.repeat(32_000)}0]`,
      { message: 'The body has more than 32000 keys and values' },
    ],
  ])('refuses %s and says of what there is too much', (_, text, expected) => {
    const { code, details } = refusal(() => parseJson(Buffer.from(text)))
    expect([code, details]).toEqual(['VALIDATION_ERROR', expected])
  })
})
