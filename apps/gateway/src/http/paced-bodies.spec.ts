import { fastify } from 'fastify'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { paceLargeBodies } from './paced-bodies.js'

describe('paceLargeBodies', () => {
  /** A server that echoes bodies in base64. `beside`: whether another workspace is active. */
  async function listening(beside: boolean) {
    const server = fastify({ bodyLimit: 5_000_000 })
    server.decorateRequest('principal', null)
    server.addHook('onRequest', (request, _reply, done) => {
      Object.assign(request, { principal: { workspaceId: 'one' } })
      done()
    })
    paceLargeBodies(server, { hasOthers: () => beside })
    server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    server.post('/', { config: { batch: {} as never } }, ({ body }) => (body as Buffer).toString('base64'))
    await server.listen({ port: 0, host: '127.0.0.1' })
    return { server, port: (server.server.address() as AddressInfo).port }
  }

  it.each([
    ['paces', 'another workspace is active', true],
    ['does not pace', 'no other workspace is active', false],
  ])('%s a large body when %s, and loses no byte', async (_, __, beside) => {
    const { server, port } = await listening(beside)
    const sent = Buffer.from(Uint8Array.from({ length: 1_000_003 }, (___, n) => (n * 7) % 251))
    const intervals = jest.spyOn(globalThis, 'setInterval')
    for (const body of [sent, sent.subarray(0, 1000), new Blob([sent]).stream()]) {
      const answer = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/octet-stream' },
        body: body as never,
        ...{ duplex: 'half' },
      })
      const length = body === sent || !Buffer.isBuffer(body) ? sent.length : body.length
      expect(Buffer.from(await answer.text(), 'base64').equals(sent.subarray(0, length))).toBe(true)
    }
    const paced = intervals.mock.calls.filter(([, ms]) => ms === 2)
    expect(paced.length > 0).toBe(beside)
    intervals.mockRestore()
    await server.close()
  })

  it('reads the next body after a client has disconnected in the middle of one', async () => {
    const { server, port } = await listening(true)
    const client = connect(port, '127.0.0.1')
    client.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 4000000\r\n\r\n')
    client.write(Buffer.alloc(2_000_000))
    await once(server.server, 'request')
    client.destroy()
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv' },
      body: Buffer.alloc(300_000),
    })
    expect(Buffer.from(await answer.text(), 'base64').length).toBe(300_000)
    await server.close()
  })
})
