import { exchange } from '../../support/api/http.js'
import { json, Refusals } from '../../support/api/refusals.js'

let gateway: Refusals
beforeAll(async () => {
  gateway = await Refusals.start()
}, 60_000)
afterAll(() => gateway.close())

/** Bytes of a request with a key; `CHATBOT` stands for one. */
const request = (line: string, headers: string[] = [], body = '', host = 'Host: localhost') =>
  [line, host, `Authorization: Bearer ${gateway.demo.key}`, ...headers, 'Connection: close', '', body]
    .filter((text, i) => i !== 1 || text !== '')
    .join('\r\n')
    .replace('CHATBOT', gateway.demo.chatbot.id)

const answerOf = (text: string) => {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1])
  return { status, head, body: JSON.parse(body) as { code: string; requestId: string; success: boolean } }
}

const jsonType = 'Content-Type: application/json'
const chunked = 'Transfer-Encoding: chunked'
const list = '/api/v1/get-leads?chatbotId=CHATBOT'

describe('what is below the routes answers in the one envelope, and closes', () => {
  it.each<[string, number, string, () => string]>([
    ['a broken request line', 400, 'MALFORMED_REQUEST', () => 'GARBAGE\r\n\r\n'],
    ['another protocol', 400, 'MALFORMED_REQUEST', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    [
      'HTTP/2 without having agreed on it',
      400,
      'MALFORMED_REQUEST',
      () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ],
    [
      'a header without a colon',
      400,
      'MALFORMED_REQUEST',
      () => request(`GET ${list} HTTP/1.1`, ['nothing']),
    ],
    ['NUL in a header', 400, 'MALFORMED_REQUEST', () => request(`GET ${list} HTTP/1.1`, ['X: a\0b'])],
    [
      'two lengths',
      400,
      'MALFORMED_REQUEST',
      () =>
        request('POST /api/v1/leads HTTP/1.1', [jsonType, 'Content-Length: 2', 'Content-Length: 3'], '{}'),
    ],
    [
      'a length beside chunks',
      400,
      'MALFORMED_REQUEST',
      () => request('POST /api/v1/leads HTTP/1.1', [jsonType, 'Content-Length: 2', chunked], '0\r\n\r\n'),
    ],
    [
      'a broken chunk',
      400,
      'MALFORMED_REQUEST',
      () => request('POST /api/v1/leads HTTP/1.1', [jsonType, chunked], 'zz\r\n{}\r\n0\r\n\r\n'),
    ],
    [
      'a header of over 16 KB',
      431,
      'HEADERS_TOO_LARGE',
      () => request(`GET ${list} HTTP/1.1`, [`X: ${'a'.repeat(20_000)}`]),
    ],
    [
      'a URL of over 16 KB',
      431,
      'HEADERS_TOO_LARGE',
      () => request(`GET ${list}&x=${'a'.repeat(20_000)} HTTP/1.1`),
    ],
    ['HTTP/1.1 without Host', 400, 'MALFORMED_REQUEST', () => request(`GET ${list} HTTP/1.1`, [], '', '')],
    [
      'two Host headers',
      400,
      'MALFORMED_REQUEST',
      () => request(`GET ${list} HTTP/1.1`, ['Host: elsewhere.example']),
    ],
    [
      'two Host headers that agree',
      400,
      'MALFORMED_REQUEST',
      () => request(`GET ${list} HTTP/1.1`, ['hOST: localhost']),
    ],
    [
      'a Host that is none',
      400,
      'MALFORMED_REQUEST',
      () => request(`GET ${list} HTTP/1.1`, [], '', 'Host: a b/c@d'),
    ],
    [
      'a body in a transfer coding that is not chunked alone',
      400,
      'MALFORMED_REQUEST',
      () =>
        request(
          'POST /api/v1/leads HTTP/1.1',
          [jsonType, 'Transfer-Encoding: gzip, chunked'],
          '2\r\n{}\r\n0\r\n\r\n',
        ),
    ],
    [
      'a body far over the limit, announced only',
      413,
      'PAYLOAD_TOO_LARGE',
      () => request('POST /api/v1/leads HTTP/1.1', [jsonType, 'Content-Length: 99999999999'], '{'),
    ],
  ])('%s: %d %s', async (_, status, code, bytes) => {
    const answer = answerOf(await exchange(gateway.origin, bytes()))
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ success: false, code })
    expect(answer.head.toLowerCase()).toContain(`x-request-id: ${answer.body.requestId}`)
    expect(answer.head.toLowerCase()).toContain('connection: close')
  })

  it.each<[string, () => string]>([
    ['HTTP/1.0 without Host', () => request(`GET ${list} HTTP/1.0`, [], '', '')],
    ['an empty Host', () => request(`GET ${list} HTTP/1.1`, [], '', 'Host:')],
    ['an IPv6 Host', () => request(`GET ${list} HTTP/1.1`, [], '', 'Host: [::1]:3000')],
    ['the absolute form', () => request(`GET http://elsewhere.example${list} HTTP/1.1`)],
    ['an Expect of something', () => request(`GET ${list} HTTP/1.1`, ['Expect: cake'])],
    ['an Upgrade to something', () => request(`GET ${list} HTTP/1.1`, ['Upgrade: websocket'])],
  ])('%s is answered as any other request', async (_, bytes) => {
    expect(answerOf(await exchange(gateway.origin, bytes())).status).toBe(200)
  })

  it.each(['elsewhere.example:443', '/api/v1/exports'])(
    'CONNECT %s is closed without a byte: nobody is led on from here',
    async (target) => {
      const bytes = request(`CONNECT ${target} HTTP/1.1`, [], 'GET / HTTP/1.1\r\n\r\n')
      expect(await exchange(gateway.origin, bytes)).toBe('')
    },
  )

  it('the gateway is well after all this', async () => {
    expect((await gateway.send({ method: 'GET', path: '/exports' })).status).toBe(200)
    const faults = gateway.gateway.lines.filter((line) => line.includes('"level":50'))
    expect(faults).toEqual([])
  })
})

describe('a wrong method', () => {
  it.each([
    ['DELETE', '/get-leads', 'GET, HEAD, OPTIONS, POST'],
    ['PUT', '/exports', 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/exports/exp_1234567890abcdef', 'DELETE, GET, HEAD, OPTIONS'],
    ['POST', '/demo/archive/list', 'GET, HEAD, OPTIONS'],
    ['POST', '/demo/lead/records', 'GET, HEAD, OPTIONS'],
    ['POST', '/demo/lead/export', 'GET, OPTIONS'],
    ['PUT', '/leads/lead_1234567890abcdef', 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['POST', '/chatbots/cb_1/leads/lead_1', 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['DELETE', '/chatbots/cb_1/leads', 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/someone-else/archive/list', 'GET, HEAD, OPTIONS'],
    ['PROPFIND', '/exports', 'GET, HEAD, OPTIONS, POST'],
  ])('%s %s is 405 and says what is allowed', async (method, path, allow) => {
    // With a body that would be refused, if it were looked at.
    const call = { method, path, ...json('{') }
    const { headers } = await gateway.expectRefused(call, { status: 405, code: 'METHOD_NOT_ALLOWED' })
    expect(headers['allow']).toBe(allow)
  })

  it('is 401 first', async () => {
    const headers = { Authorization: '' }
    const refused = { status: 401, code: 'UNAUTHORIZED' }
    await gateway.expectRefused({ method: 'DELETE', path: '/get-leads', headers }, refused)
    await gateway.expectRefused({ method: 'OPTIONS', path: '/get-leads', headers }, refused)
    await gateway.expectRefused({ method: 'GET', path: '/exports/%ff', headers }, refused)
  })

  it('on a path that does not exist is 404', async () => {
    const refused = { status: 404, code: 'NOT_FOUND' }
    await gateway.expectRefused({ method: 'DELETE', path: '/nothing/at/all' }, refused)
  })

  it('OPTIONS says what is allowed', async () => {
    const { status, headers, text } = await gateway.send({ method: 'OPTIONS', path: '/exports' })
    expect([status, headers['allow'], text]).toEqual([204, 'GET, HEAD, OPTIONS, POST', ''])
  })

  it('HEAD of a GET that creates does nothing', async () => {
    const path = '/demo/lead/export'
    const { status, headers, text } = await gateway.send({ method: 'HEAD', path })
    expect([status, headers['allow'], text]).toEqual([405, 'GET, OPTIONS', ''])
    const options = await gateway.send({ method: 'OPTIONS', path })
    expect([options.status, options.headers['allow']]).toEqual([204, 'GET, OPTIONS'])
  })
})

describe('a path that can not be decoded', () => {
  it.each(['%ff', '%', '%2', '%zz', '%c3%28'])('with %s is one that does not exist', async (id) => {
    const refused = { status: 404, code: 'NOT_FOUND', field: 'id' }
    await gateway.expectRefused({ method: 'GET', path: `/exports/${id}` }, refused)
  })

  it.each([
    ['exports/%00', 'GET', 'id'],
    ['chatbots/%00/leads', 'POST', 'chatbotId'],
  ])('/%s has NUL', async (path, method, field) => {
    const lead = json({ name: 'John Doe', email: 'john.doe@example.com' })
    await gateway.expectRefused({ method, path: `/${path}`, ...(method === 'POST' && lead) }, { field })
  })
})
