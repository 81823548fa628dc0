import { fastify } from 'fastify'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { discardSlowly, SlowDiscard } from './slow-discard.js'

describe('SlowDiscard', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }))
  afterEach(() => jest.useRealTimers())

  const settled = () => new Promise(setImmediate)
  /** A body that is thrown away, and how many pieces of 100 kB of it have been. */
  function discarded(discard: SlowDiscard) {
    const body = new PassThrough({ highWaterMark: 10_000_000 })
    const state = { pieces: 0 }
    discard.take(body as unknown as IncomingMessage)
    body.on('data', () => state.pieces++)
    for (let n = 0; n < 4; n++) body.write(Buffer.alloc(100_000))
    return state
  }

  it('reads the beginning at once, and then one body after another', async () => {
    const discard = new SlowDiscard()
    const bodies = [discarded(discard), discarded(discard)]
    await settled()
    const pieces = () => bodies.map((body) => body.pieces)
    expect(pieces()).toEqual([2, 2])
    const seen = [pieces()]
    for (let n = 0; n < 4; n++) {
      jest.advanceTimersByTime(2)
      await settled()
      seen.push(pieces())
    }
    expect(seen).toEqual([
      [2, 2],
      [3, 2],
      [3, 3],
      [4, 3],
      [4, 4],
    ])
  })
})

describe('discardSlowly', () => {
  it('lets a client read why its body was refused, and use its connection again', async () => {
    const server = fastify()
    discardSlowly(server)
    server.addHook('onRequest', (_request, _reply, done) =>
      done(Object.assign(new Error('no'), { statusCode: 403 })),
    )
    server.post('/', () => 'never')
    await server.listen({ port: 0, host: '127.0.0.1' })
    const { port } = server.server.address() as AddressInfo
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const connections = new Set<unknown>()
    server.server.on('connection', (socket) => connections.add(socket))
    const send = (body: Buffer) =>
      new Promise<number | undefined>((resolve, reject) => {
        const outgoing = request({ port, agent, method: 'POST', headers: { 'Content-Length': body.length } })
        outgoing.on('error', reject).on('response', (response) => {
          response.resume().on('end', () => resolve(response.statusCode))
        })
        outgoing.end(body)
      })
    expect([await send(Buffer.alloc(4_000_000)), await send(Buffer.alloc(10))]).toEqual([403, 403])
    expect(connections.size).toBe(1)
    agent.destroy()
    await server.close()
  })
})
