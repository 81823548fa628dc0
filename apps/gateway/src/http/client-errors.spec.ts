import { once } from 'node:events'
import { createServer, type Server, type ServerOptions } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { answerClientError } from './client-errors.js'

describe('answerClientError', () => {
  let server: Server
  afterEach(() => server.close())

  /** What comes back for bytes that never become a request, until the server closes. */
  async function answerTo(bytes: string, options: ServerOptions = {}): Promise<string> {
    server = createServer(options)
    server.on('clientError', answerClientError)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    let text = ''
    socket.on('data', (piece) => (text += piece.toString()))
    socket.write(bytes)
    await once(socket, 'close')
    return text
  }

  it('a request that never ends is 408', async () => {
    const times = { connectionsCheckingInterval: 20, headersTimeout: 50, requestTimeout: 50 }
    const text = await answerTo('GET / HTTP/1.1\r\nHost: x\r\n', times)
    expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
    expect(text).toContain('"code":"REQUEST_TIMEOUT"')
  })

  it('is a whole answer, whose envelope has the request id of its header', async () => {
    const [head = '', body = ''] = (await answerTo('GARBAGE\r\n\r\n')).split('\r\n\r\n')
    const headers = Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => line.toLowerCase().split(': ')),
    ) as Record<string, string>
    const { requestId, ...rest } = JSON.parse(body) as { requestId: string }
    expect(headers).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'no-store',
      'x-request-id': requestId,
      connection: 'close',
    })
    expect(rest).toMatchObject({ success: false, code: 'MALFORMED_REQUEST' })
  })

  it.each([
    ['a path that is none', 'HEAD /\xe9 HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['headers that are too large', `HEAD / HTTP/1.1\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('to a HEAD with %s it has no body', async (_what, bytes, status) => {
    const text = await answerTo(bytes)
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*\r\nContent-Length: [1-9]`))
    expect(text).toMatch(/\r\n\r\n$/)
  })

  it('headers that are too large are 431', async () => {
    const text = await answerTo(`GET / HTTP/1.1\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)
    expect(text).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n[^]*"HEADERS_TOO_LARGE"/)
  })

  it('chunk extensions without end are 413', async () => {
    const request = `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(20_000)}\r\n`
    expect(await answerTo(request)).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n[^]*"PAYLOAD_TOO_LARGE"/)
  })
})
