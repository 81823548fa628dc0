import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Contract } from '../support/api/contract.js'
import { fuzz, type FuzzReport, refusedAtTheDoor, summaryOf } from './fuzz.js'
import { Judge } from './judge.js'
import type { ApiDocument } from './operations.js'

const json = (schema: object) => ({ 'application/json': { schema } })
const thing = {
  type: 'object',
  properties: { id: { type: 'string' }, name: { type: 'string' } },
  required: ['id'],
}
const refused = { description: '', content: json({ $ref: '#/components/schemas/Error' }) }
const answers = {
  200: { description: '', content: json({ $ref: '#/components/schemas/Thing' }) },
  400: refused,
}
const limit = { name: 'limit', in: 'query', required: true, schema: { type: 'integer', minimum: 1 } }
const body = {
  content: json({
    type: 'object',
    properties: { name: { type: 'string', maxLength: 20 } },
    required: ['name'],
    additionalProperties: false,
  }),
}
const document = {
  paths: {
    '/things': {
      get: { operationId: 'listThings', parameters: [limit], responses: answers },
      post: { operationId: 'createThing', parameters: [], requestBody: body, responses: answers },
    },
  },
  components: {
    schemas: {
      Thing: thing,
      Error: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
    },
    responses: {},
  },
}

type Handler = (
  request: IncomingMessage,
  body: string,
  answer: (status: number, body: object) => void,
) => void

/** A server as it should be: what it does not like is 400, what it does not have is 404. */
const honest: Handler = ({ method, url = '' }, sent, answer) => {
  const path = url
    .replace(/[?#].*$/, '')
    .replaceAll(/%([4-7]\w)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  if (path !== '/things') return answer(404, { code: 'NOT_FOUND' })
  if (method !== 'GET' && method !== 'POST') return answer(405, { code: 'METHOD' })
  const name = method === 'GET' ? limitOf(url)?.toString() : nameOf(sent)
  return typeof name === 'string' ? answer(200, { id: 'x', name }) : answer(400, { code: 'BAD' })
}

const limitOf = (url: string): number | null => {
  const given = new URLSearchParams(url.replace(/#.*$/, '').split('?')[1]).getAll('limit')
  return given.length === 1 && /^[1-9]\d*$/.test(given[0]!) ? Number(given[0]) : null
}
const nameOf = (sent: string): string | null => {
  try {
    const { name } = JSON.parse(sent) as { name?: unknown }
    return typeof name === 'string' ? name : null
  } catch {
    return null
  }
}

/** As it should be, but for one kind of request. */
const except =
  (when: (request: IncomingMessage, body: string) => boolean, instead: Handler): Handler =>
  (request, sent, answer) =>
    (when(request, sent) ? instead : honest)(request, sent, answer)
const longList = ({ method, url = '' }: IncomingMessage) => method === 'GET' && (limitOf(url) ?? 0) >= 7
const says =
  (status: number, text: object): Handler =>
  (_request, _sent, answer) =>
    answer(status, text)

describe('the fuzz sees', () => {
  let server: Server
  let handler: Handler
  let origin: string

  beforeAll(async () => {
    server = createServer((request, response) => void handle(request, response))
    // What is not even HTTP, in the form of every refusal.
    server.on('clientError', (_error, socket: Socket) => {
      const text = '{"code":"HTTP"}'
      const head = [
        'HTTP/1.1 400 Bad Request',
        'Content-Type: application/json',
        `Content-Length: ${text.length}`,
      ]
      socket.end([...head, 'Connection: close', '', text].join('\r\n'))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const answer = (status: number, text: object) =>
      response
        .writeHead(status, { 'Content-Type': 'application/json' })
        .end(request.method === 'HEAD' ? undefined : JSON.stringify(text))
    if (request.url === '/openapi.json') return void answer(200, document)
    if (request.method === 'HEAD') request.method = 'GET'
    handler(request, Buffer.concat(pieces).toString(), answer)
  }

  async function run(how: Handler, patienceMs?: number): Promise<FuzzReport> {
    handler = how
    const hex = new Set(['feedfacefeedface'])
    const judge = new Judge(await Contract.of(origin), { canary: /theirs-[a-z]+-\d+/gi, hex })
    const target = {
      origin,
      document: document as unknown as ApiDocument,
      key: 'k',
      own: {},
      other: {},
      judge,
    }
    return fuzz(target, { seed: 1, requests: 1000, ...(patienceMs !== undefined && { patienceMs }) })
  }

  it('nothing wrong with a server as it should be', async () => {
    const report = await run(honest)
    expect(report.failures).toEqual([])
    expect(report.requests).toBeGreaterThanOrEqual(1000)
    expect(refusedAtTheDoor(report)).toEqual([])
  })

  const leaking = says(200, { id: 'of theirs-name-1' })
  it.each<[string, Handler, RegExp]>([
    ['a text of another workspace', except(longList, leaking), /another workspace: theirs-name-1/],
    [
      'an id of it',
      except(longList, says(200, { id: 'lead_feedfacefeedface' })),
      /workspace: feedfacefeedface/,
    ],
    ['a fault', except(longList, says(500, { code: 'OOPS' })), /it answered 500/],
    ['a status that is not documented', except(longList, says(418, { code: 'TEA' })), /none of 200, 400/],
    ['a field that is not documented', except(longList, says(200, { id: 'x', secret: 1 })), /secret/],
    [
      'a broken connection',
      except(longList, ({ socket }) => socket.destroy()),
      /no answer: Error: socket hang up/,
    ],
  ])('%s, and shows the smallest request that brings it', async (_what, how, difference) => {
    const { failures } = await run(how)
    expect(failures[0]).toMatch(difference)
    expect(failures[0]).toMatch(
      /^curl -sS -i -g --path-as-is -X GET '?http:\/\/127\.0\.0\.1:\d+\/things\?limit=7'? /,
    )
  })

  it('a hang', async () => {
    const { failures } = await run(
      except(longList, () => undefined),
      300,
    )
    expect(failures[0]).toMatch(/\?limit=\d+.*\n.*nothing came for 300 ms/)
  })

  it('a fault that only spoiled bodies bring', async () => {
    const { failures } = await run(
      except(({ method }, sent) => method === 'POST' && sent.includes("'"), says(500, { code: 'OOPS' })),
    )
    expect(failures[0]).toMatch(/-X POST .*--data-(raw|binary)/)
  })

  it('no leak in what the caller has sent itself', async () => {
    const judge = new Judge(await Contract.of(origin), { canary: /theirs-[a-z]+-\d+/gi, hex: new Set() })
    const answer = {
      status: 400,
      contentType: 'application/json',
      rawHeaders: [],
      text: '{"code":"theirs-name-1"}',
    }
    const faults = (path: string) => judge.faultsOf({ method: 'GET', path, headers: [] }, answer)
    expect(faults('/things?limit=theirs%2Dname%2D1')).toEqual([])
    expect(faults('/things?limit=theirs-name-2')).toEqual([expect.stringContaining('theirs-name-1')])
  })

  it('that a server that refuses everything proves nothing', async () => {
    const report = await run(says(400, { code: 'BAD' }))
    expect(refusedAtTheDoor(report)).toEqual(['listThings', 'createThing'])
  })

  it('a failure in its summary, with the seed that replays it', async () => {
    const report = await run(except(longList, leaking))
    expect(summaryOf(report)).toMatch(
      /^fuzz: [\d,]+ requests in \d+ s, [1-8] failures, seed 1 \(FUZZ_SEED=1 FUZZ_REQUESTS=1000 replays\)$/,
    )
  })
})
