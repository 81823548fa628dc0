import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fastify, type FastifyInstance } from 'fastify'
import { AppError } from '#core'
import type { Principal } from '#tenancy'
import { authenticate, bearerToken } from './authentication.js'

// Of no workspace; only its checksum is right.
const appToken = 'app_Zvjj9rUDSjmruRpounqobLYwjmOE5ngN49pjGq'
const principal = { keyId: 'key_1' } as Principal

describe('authenticate', () => {
  let server: FastifyInstance
  let asked: string[]
  beforeEach(() => {
    asked = []
    server = fastify()
    // Stands in for the database's answer, so that what is asked of it can be seen.
    authenticate(server, {
      authenticate: (token) => {
        asked.push(token)
        return Promise.resolve(token === 'good' ? principal : null)
      },
    })
    server.setErrorHandler((error, _request, reply) =>
      reply.status(error instanceof AppError ? error.status : 500).send(),
    )
    server.get('/api/v1/things', () => 'things')
    server.post('/api/v1/things', () => 'made')
    server.get('/api/v1/:codename/archive/list', { config: { appTokenInQuery: true } }, () => 'list')
    server.get('/health/live', () => 'ok')
  })
  afterEach(() => server.close())

  const status = async (url: string, authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization }
    return (await server.inject({ url, headers })).statusCode
  }

  it.each(['/api/v1/things', '/%61pi/v1/things', '/api/v1/no-such-thing', '/api/v1/things?token=good'])(
    '%s is 401 without a key',
    async (url) => {
      await expect(status(url)).resolves.toBe(401)
      await expect(status(url, 'Bearer bad')).resolves.toBe(401)
    },
  )

  it('a key opens it', async () => {
    await expect(status('/api/v1/things', 'Bearer good')).resolves.toBe(200)
    await expect(status('/api/v1/no-such-thing', 'Bearer good')).resolves.toBe(404)
  })

  it('comes before the body is read', async () => {
    const headers = { 'content-type': 'application/json' }
    const { statusCode } = await server.inject({
      method: 'POST',
      url: '/api/v1/things',
      headers,
      payload: '{',
    })
    expect(statusCode).toBe(401)
  })

  it('leaves what is not under the API alone', async () => {
    await expect(status('/health/live')).resolves.toBe(200)
    expect(asked).toEqual([])
  })

  it('an app token as token= is looked up where it may stand', async () => {
    await expect(status(`/api/v1/demo/archive/list?token=${appToken}`)).resolves.toBe(401)
    await expect(status(`/api/v1/things?token=${appToken}`)).resolves.toBe(401)
    expect(asked).toEqual([appToken])
  })

  it('an API key as token= is never looked up', async () => {
    await expect(status('/api/v1/demo/archive/list?token=good')).resolves.toBe(401)
    await expect(status('/api/v1/demo/archive/list?token=sk-workspace_x', 'Bearer good')).resolves.toBe(401)
    await expect(status(`/api/v1/demo/archive/list?token=${appToken}&token=${appToken}`)).resolves.toBe(401)
    expect(asked).toEqual([])
  })

  it.each([
    '/api/v1/things?key=sk-workspace_uKgHJF70fs01XGIWjGFuqdORhaXjY7Jq3rL1cH',
    '/api/v1/things?%61=%73k-workspace_uKgHJF70fs01XGIWjGFuqdORhaXjY7Jq3rL1cH',
    '/api/v1/sk-workspace_uKgHJF70fs01XGIWjGFuqdORhaXjY7Jq3rL1cH/archive/list',
  ])('an API key in the URL is 401 even beside a good one: %s', async (url) => {
    await expect(status(url, 'Bearer good')).resolves.toBe(401)
  })

  it('two Authorization headers are 401', async () => {
    await server.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.server.address() as AddressInfo
    const both = ['Bearer good', 'Bearer good']
    const sent = request({ port, path: '/api/v1/things', headers: { authorization: both } as never }).end()
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    answer.resume()
    expect(answer.statusCode).toBe(401)
  })
})

describe('bearerToken', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer   a-b_c ', 'a-b_c'],
    ['Basic abc', null],
    ['Bearer', null],
    ['Bearer a b', null],
    [undefined, null],
  ])('%p is %p', (header, token) => {
    expect(bearerToken(header)).toBe(token)
  })
})
