import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { freePort } from '../../local-stack/ports.js'
import { conversations } from '../conversations.js'
import type { ConversationEvent } from '../event.js'
import { sendEvents } from './send-events.js'
import type { BatchAnswer } from './tally.js'

interface Reply {
  status: number
  headers?: Record<string, string>
  body: unknown
}

const size = { events: 2_500 }
const sample = [
  ...conversations({ seed: 1, size, days: 5, end: Date.UTC(2026, 1, 1), languages: ['es', 'en'] }),
]

/** A server that answers as it is told, because the real one can't be made to be busy or to reject on demand. */
describe('sending events', () => {
  let server: Server
  let requests: { headers: IncomingMessage['headers']; path: string; events: ConversationEvent[] }[]
  let inFlight: number
  let most: number
  /** The first replies, in order; then everything is accepted. `null` breaks the connection. */
  let replies: (Reply | null)[]

  beforeEach(async () => {
    ;[requests, replies, inFlight, most] = [[], [], 0, 0]
    server = createServer((request, response) => {
      most = Math.max(most, ++inFlight)
      void text(request).then((body) => {
        const events = eventsIn(body, request.headers['content-type'] ?? '')
        requests.push({ headers: request.headers, path: request.url ?? '', events })
        const [reply = { status: 200, body: accepted(events) }] = replies.splice(0, 1)
        inFlight--
        if (reply === null) return request.socket.destroy()
        response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
        return response.end(JSON.stringify(reply.body))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => new Promise((resolve) => server.close(resolve)))

  const target = (format: 'ndjson' | 'json' = 'ndjson', inFlight = 2) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`
    return { url, key: 'sk-workspace_1', codename: 'demo', format, inFlight }
  }

  it.each([
    ['ndjson', 'application/x-ndjson'],
    ['json', 'application/json'],
  ] as const)('%s: posts every event once, a thousand at a time, with the key', async (format, type) => {
    const tally = await sendEvents(target(format), sample)
    expect(tally).toMatchObject({ accepted: 2_500, duplicates: 0, rejected: 0, events: 2_500 })
    expect(requests.map(({ events }) => events.length).sort()).toEqual([1000, 1000, 500])
    const order = [...requests].sort((a, b) => a.events[0]!.time.localeCompare(b.events[0]!.time))
    expect(order.flatMap(({ events }) => events)).toEqual(sample)
    for (const { headers, path } of requests) {
      expect(path).toBe('/api/v1/demo/events')
      expect(headers).toMatchObject({ 'content-type': type, authorization: 'Bearer sk-workspace_1' })
    }
  })

  it('has no more requests in flight than it may', async () => {
    await sendEvents(
      target('ndjson', 2),
      [...Array(8)].flatMap(() => sample),
    )
    expect(most).toBe(2)
  })

  it('goes on after 429, 503 and a broken connection with the same batch', async () => {
    replies = [
      { status: 429, headers: { 'retry-after': '1' }, body: { message: 'slow' } },
      { status: 503, body: { message: 'busy' } },
      { status: 200, body: accepted(sample.slice(0, 1000)) },
      null,
    ]
    const began = Date.now()
    const tally = await sendEvents(target('ndjson', 1), sample)
    expect(tally.accepted).toBe(2_500)
    // What Retry-After asked for was waited: less than that would be a failure of the sender, not of a slow machine.
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_000)
    expect(requests.slice(0, 3).map(({ events }) => events[0]!.id)).toEqual(Array(3).fill(sample[0]!.id))
    expect(requests.slice(3).map(({ events }) => events[0]!.id)).toEqual(
      [1000, 1000, 2000].map((i) => sample[i]!.id),
    )
  })

  it('counts what was rejected by field, with an example', async () => {
    const refused = { field: 'bot', message: 'no such chatbot' }
    const body: BatchAnswer = {
      accepted: 998,
      duplicates: 0,
      rejected: 2,
      events: [
        { id: 'evt_1', status: 'rejected', error: refused },
        { id: 'evt_2', status: 'accepted' },
        { id: null, status: 'rejected', error: refused },
      ],
    }
    replies = [{ status: 200, body }]
    const { summary } = await sendEvents(target(), sample)
    expect(summary).toBe(
      '2,500 events: 2,498 accepted, 0 duplicates, 2 rejected\n  2 × bot: no such chatbot (evt_1)',
    )
  })

  it.each([
    [401, { message: 'The API key is missing or wrong' }, 'answered 401: The API key is missing or wrong'],
    [404, { message: 'There is no such workspace' }, 'answered 404: There is no such workspace'],
    [502, { message: 'never seen before' }, undefined],
  ])('a first answer of %i is %s', async (status, body, message) => {
    replies = [{ status, body }]
    const sent = sendEvents(target(), sample)
    if (message === undefined) await sent
    else await expect(sent).rejects.toThrow(message)
    expect(requests).toHaveLength(message === undefined ? 4 : 1)
  })

  it('a refusal in the middle ends the others too', async () => {
    replies = [
      { status: 200, body: accepted(sample.slice(0, 1000)) },
      { status: 403, body: { message: 'revoked' } },
    ]
    const many = [...Array(8)].flatMap(() => sample)
    await expect(sendEvents(target('ndjson', 1), many)).rejects.toThrow('answered 403: revoked')
    expect(requests).toHaveLength(2)
  })

  it('says so where nobody answers', async () => {
    const url = `http://127.0.0.1:${await freePort()}/api/v1`
    const nobody = { ...target(), url }
    await expect(sendEvents(nobody, sample)).rejects.toThrow(
      `${url}/demo/events does not answer: connect ECONNREFUSED`,
    )
  })
})

function eventsIn(body: string, type: string): ConversationEvent[] {
  if (type === 'application/json') return (JSON.parse(body) as { events: ConversationEvent[] }).events
  return body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ConversationEvent)
}

const accepted = (events: ConversationEvent[]): BatchAnswer => ({
  accepted: events.length,
  duplicates: 0,
  rejected: 0,
  events: events.map(({ id }) => ({ id, status: 'accepted' })),
})
