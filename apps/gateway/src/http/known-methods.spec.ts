import { fastify, type FastifyInstance } from 'fastify'
import { AppError } from '#core'
import { answerWrongMethods } from './known-methods.js'

describe('answerWrongMethods', () => {
  let server: FastifyInstance
  beforeAll(() => {
    server = fastify()
    answerWrongMethods(server)
    server.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof AppError)) return reply.status(500).send()
      return reply.status(error.status).headers(error.headers).send()
    })
    server.get('/v1/things', () => 'things')
    server.post('/v1/things', () => 'made')
    server.get('/v1/things/:id', () => 'thing')
    server.get('/d/*', () => 'page')
    server.get('/v1/export', { config: { createsOnGet: true } }, () => 'made')
  })
  afterAll(() => server.close())

  const answer = async (method: 'GET' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PROPFIND', url: string) => {
    const { statusCode, headers } = await server.inject({ method: method as 'GET', url })
    return [statusCode, headers['allow']]
  }

  it.each([
    ['DELETE', '/v1/things', 405, 'GET, HEAD, OPTIONS, POST'],
    ['PROPFIND', '/v1/things?x=1', 405, 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/v1/things/7', 405, 'GET, HEAD, OPTIONS'],
    ['POST', '/v1/%74hings', 200, undefined],
    ['DELETE', '/v1/%74hings', 405, 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/d/a/b', 405, 'GET, HEAD, OPTIONS'],
    ['OPTIONS', '/v1/things/7', 204, 'GET, HEAD, OPTIONS'],
    ['OPTIONS', '/v1/export', 204, 'GET, OPTIONS'],
    ['POST', '/v1/export', 405, 'GET, OPTIONS'],
    ['OPTIONS', '/v1/nothing', 404, undefined],
    ['DELETE', '/v1/things/7/x', 404, undefined],
    ['DELETE', '/w1/things', 404, undefined],
    ['HEAD', '/v1/things', 200, undefined],
  ] as const)('%s %s: %d, Allow %s', async (method, url, status, allow) => {
    await expect(answer(method, url)).resolves.toEqual([status, allow])
  })
})
