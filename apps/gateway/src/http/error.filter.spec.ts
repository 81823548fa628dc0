import { Logger, type LoggerService } from '@nestjs/common'
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js'
import { fastify, type FastifyInstance } from 'fastify'
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { ErrorFilter } from './error.filter.js'
import { useJsonBodies } from './json-body.js'

describe('ErrorFilter', () => {
  let server: FastifyInstance
  let caught: Promise<void>
  const logged: [string, unknown, unknown][] = []
  const note = (level: string) => (fields: unknown, text: unknown) => void logged.push([level, fields, text])

  beforeEach(async () => {
    logged.length = 0
    const logger: LoggerService = { log: note('log'), error: note('error'), warn: note('warn') }
    Logger.overrideLogger(logger)
    server = fastify()
    useJsonBodies(server)
    const filter = new ErrorFilter()
    caught = new Promise((resolve) => {
      server.setErrorHandler((error, request, reply) => {
        filter.catch(error, new ExecutionContextHost([request, reply]))
        resolve()
      })
    })
    server.post('/', () => 'taken')
    server.post('/fails', () => {
      throw Object.assign(new Error('it broke'), { parameters: ['ana@example.com'] })
    })
    await server.listen({ port: 0, host: '127.0.0.1' })
  })
  afterEach(async () => {
    await server.close()
    Logger.overrideLogger(true)
  })

  const connected = async (): Promise<Socket> => {
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1')
    await once(socket, 'connect')
    return socket
  }

  it('a client that leaves in the middle of its body is no fault of ours', async () => {
    const socket = await connected()
    const head = ['POST / HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 500']
    const arrived = once(server.server, 'request')
    socket.write(`${head.join('\r\n')}\r\n\r\n{"name":`)
    await arrived
    socket.resetAndDestroy()
    await caught
    expect(logged.map(([level, , text]) => [level, text])).toEqual([
      ['log', 'a client left in the middle of its request'],
    ])
  })

  it('a fault of ours is logged without what is personal, and not shown', async () => {
    const { statusCode, body } = await server.inject({ method: 'POST', url: '/fails' })
    expect(statusCode).toBe(500)
    expect(body).not.toContain('it broke')
    expect(logged.map(([level, , text]) => [level, text])).toEqual([['error', 'a request failed']])
    expect(JSON.stringify(logged)).not.toContain('ana@example.com')
  })
})
