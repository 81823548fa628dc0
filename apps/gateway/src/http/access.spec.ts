import { fastify, type FastifyInstance } from 'fastify'
import { AppError } from '#core'
import type { Principal } from '#tenancy'
import { judgeAccess } from './access.js'

const principal = { keyId: 'key_1', codename: 'demo', scopes: ['leads:read'] } as unknown as Principal

describe('judgeAccess', () => {
  let server: FastifyInstance
  beforeEach(() => {
    server = fastify()
    server.decorateRequest('principal', null)
    server.addHook('onRequest', (request, _reply, done) => {
      request.principal = request.headers.authorization === undefined ? null : principal
      done()
    })
    judgeAccess(server)
    server.addContentTypeParser('*', () => {
      throw new Error('the body was read')
    })
    server.setErrorHandler((error, _request, reply) =>
      error instanceof AppError ? reply.status(error.status).send(error.message) : reply.status(500).send(),
    )
    server.post('/api/v1/:codename/read', { config: { scope: 'leads:read' } }, () => 'done')
    server.post('/api/v1/:codename/write', { config: { scope: 'leads:write' } }, () => 'done')
    server.post('/api/v1/:codename/write/:id', { config: { scope: 'leads:write' } }, () => 'done')
    server.post('/health', () => 'ok')
  })
  afterEach(() => server.close())

  const post = async (url: string, authorization?: string) => {
    const headers = { 'content-type': 'application/x-anything', ...(authorization && { authorization }) }
    const { statusCode } = await server.inject({ method: 'POST', url, headers, payload: '{' })
    return statusCode
  }

  it.each([
    ['/api/v1/demo/write', 403],
    ['/api/v1/other/read', 404],
    ['/api/v1/other/write', 404],
    ['/api/v1/demo/write/1', 403],
    ['/api/v1/demo/write/', 404],
    ['/api/v1/demo/read', 500],
  ])('%s: %d, where 500 says that the body was read', async (url, status) => {
    await expect(post(url, 'Bearer x')).resolves.toBe(status)
  })

  it('is 401 for a route with a scope that nobody is known on', async () => {
    await expect(post('/api/v1/demo/read')).resolves.toBe(401)
  })

  it('refuses to start with a route of the API that names no scope', () => {
    expect(() => server.get('/api/v1/things', () => 'things')).toThrow('/api/v1/things names no scope')
    expect(() => server.get('/things', () => 'things')).not.toThrow()
  })
})
