import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { run } from '../support/programs/run.js'
import { type Call, callOf, curlOf, type Draft, escape, verbatim } from './draft.js'

const draft: Draft = {
  method: 'POST',
  template: '/things/{id}/parts',
  path: { id: escape("a/b'") },
  query: [['q', escape('ñ &=')]],
  headers: [['X-Empty', '']],
  body: { name: "o'hara", size: verbatim('1e400') },
  spoil: [],
}

describe('a request from its parts', () => {
  it('is what the parts say, percent-encoded once', () => {
    const { method, path, body } = callOf(draft)
    expect([method, path]).toEqual(['POST', '/things/a%2Fb%27/parts?q=%C3%B1%20%26%3D'])
    expect(body?.toString()).toBe(`{"name":"o'hara","size":1e400}`)
  })

  it('has a body only where there is one, and a spoiled one too', () => {
    expect(callOf({ ...draft, body: undefined })).not.toHaveProperty('body')
    const spoil = [() => Buffer.of(1), (bytes: Buffer) => Buffer.concat([bytes, Buffer.of(2)])]
    expect(callOf({ ...draft, body: undefined, spoil }).body).toEqual(Buffer.of(1, 2))
  })
})

describe('the command for a request', () => {
  let server: Server
  let origin: string
  let received: { line: string; empty: string | undefined; body: Buffer }

  beforeAll(async () => {
    server = createServer((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => {
        const { method, url, headers } = request
        const empty = headers['x-empty']
        received = { line: `${method} ${url}`, empty: [empty].flat()[0], body: Buffer.concat(pieces) }
        response.end()
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  it.each<[string, Partial<Call>]>([
    ['text with quotes', {}],
    ['bytes that are no text', { body: Buffer.from('7b2261223a22ff227d00', 'hex') }],
    ['a body that looks like a file of curl', { body: Buffer.from('@/etc/hostname') }],
    ['a path that curl would tidy', { path: '/a/../b/./[1-3]{x,y}?q=%zz' }],
  ])('sends the same: %s', async (_what, change) => {
    const call = { ...callOf(draft), ...change }
    await run('bash', ['-c', curlOf(origin, call)], { cwd: process.cwd() })
    expect(received.line).toBe(`${call.method} ${call.path}`)
    expect(received.empty).toBe('')
    expect(received.body).toEqual(call.body)
  })
})
