import { createServer, type RequestListener } from 'node:http'
import { ObjectStore } from '#core'
import { listen } from '../../../../tools/local-stack/listen.js'
import { TestContext } from '../../../../test/support/context.js'
import { type Proxy, startProxy } from '../../../../test/support/proxy/proxy.js'
import { until } from '../../../../test/support/until.js'
import { judge } from './faults.js'
import { PART_BYTES } from './part-buffers.js'
import { storeFile } from './store-file.js'

describe('a store that is slow, or does not answer', () => {
  let context: TestContext
  let proxy: Proxy
  let url: string
  let store: ObjectStore
  const unavailable = { action: 'put_off', reason: 'storage_unavailable' }

  beforeAll(async () => {
    context = await TestContext.create()
    proxy = await startProxy(context.config.S3_ENDPOINT)
    url = proxy.via(context.config.S3_ENDPOINT)
    store = storeAt(url)
  })
  beforeEach(() => proxy.use({ how: 'pass' }))
  afterAll(async () => {
    store.close()
    await proxy.close()
    await context.close()
  })

  const storeAt = (endpoint: string, seconds = 1) =>
    new ObjectStore({ ...context.config, S3_ENDPOINT: endpoint, S3_TIMEOUT_SECONDS: seconds })

  async function* bytes(parts: number): AsyncGenerator<Buffer> {
    for (let part = 0; part < parts; part++) {
      yield Buffer.alloc(PART_BYTES, part)
      await new Promise(setImmediate)
    }
  }

  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => {
        throw new Error('it did not fail')
      },
      (error: unknown) => error,
    )

  /** A store that can be made to fail in a way that the real one can't. */
  async function whileFake(answer: RequestListener, use: (fake: ObjectStore) => Promise<void>) {
    const server = createServer(answer)
    const fake = storeAt(`http://127.0.0.1:${await listen(server, 0, '127.0.0.1', 'fake store')}`)
    try {
      await use(fake)
    } finally {
      fake.close()
      server.closeAllConnections()
      server.close()
    }
  }

  it('bytes that move on, slowly, are not broken off', async () => {
    // More than the system's buffers hold: what waits in them moves out of our sight.
    const content = Buffer.alloc(60_000_000)
    proxy.use({ how: 'slow', bytesPerSecond: 10_000_000 })
    const slow = storeAt(url, 3)
    await slow.put('slow', content, 'text/plain')
    expect(await slow.size('slow')).toBe(content.length)
    slow.close()
  }, 60_000)

  it('one that takes connections and says nothing is unavailable', async () => {
    proxy.use({ how: 'stall' })
    const calls = [
      store.size('k'),
      store.get('k'),
      store.delete('k'),
      store.put('k', Buffer.alloc(10), 'text/plain'),
    ]
    for (const failure of await Promise.all(calls.map(failureOf))) expect(judge(failure)).toEqual(unavailable)
  }, 60_000)

  it('one that goes silent in the middle of an upload ends with the signal, and its undoing soon after', async () => {
    const abort = new AbortController()
    const reason = new Error('the time is up')
    const patient = storeAt(url, 3600)
    const target = {
      key: 'cut',
      contentType: 'text/plain',
      onUpload: () => Promise.resolve(proxy.use({ how: 'stall' })),
    }
    const failing = failureOf(storeFile(patient, target, bytes(9), abort.signal))
    await until('the silence', () => proxy.mode.how === 'stall')
    abort.abort(reason)
    expect(await failing).toBe(reason)
    patient.close()
  }, 15_000)

  it('a HEAD after the upload that stalls ends with the signal', async () => {
    const abort = new AbortController()
    const patient = storeAt(url, 3600)
    jest.spyOn(patient, 'put').mockImplementationOnce(() => Promise.resolve(proxy.use({ how: 'stall' })))
    const target = { key: 'head', contentType: 'text/plain', onUpload: () => Promise.resolve() }
    const failing = failureOf(storeFile(patient, target, bytes(0), abort.signal))
    await until('the silence', () => proxy.mode.how === 'stall')
    const reason = new Error('the time is up')
    abort.abort(reason)
    expect(await failing).toBe(reason)
    patient.close()
  }, 30_000)

  it.each<[string, RequestListener]>([
    [
      'says SlowDown',
      (_, response) =>
        void response
          .writeHead(503)
          .end('<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>'),
    ],
    [
      'answers the half and goes silent',
      (_, response) => void response.writeHead(200, { 'Content-Length': 1000 }).write('<InitiateMultipart'),
    ],
    [
      'answers the half and hangs up',
      (request, response) => {
        response.writeHead(200, { 'Content-Length': 1000 }).write('<InitiateMultipart')
        setTimeout(() => request.socket.destroy(), 50)
      },
    ],
    ['answers nothing but a whole page of another kind', (_, response) => void response.end('<html></html>')],
    ['answers no head', (request) => void request.socket.write('HTTP/1.1 200 O')],
  ])(
    'one that %s is unavailable',
    async (_, answer) => {
      await whileFake(answer, async (fake) => {
        const failure = await failureOf(fake.createUpload('k', 'text/plain'))
        expect(judge(failure)).toEqual(unavailable)
      })
    },
    60_000,
  )

  it('one that asks to come back in an hour is not waited for beyond the signal', async () => {
    let asked = () => {}
    const first = new Promise<void>((resolve) => (asked = resolve))
    const later: RequestListener = (_, response) => {
      response.writeHead(503, { 'Retry-After': '3600' }).end()
      asked()
    }
    await whileFake(later, async (fake) => {
      const abort = new AbortController()
      const failing = failureOf(fake.size('k', abort.signal))
      await first
      const reason = new Error('the time is up')
      abort.abort(reason)
      expect(await failing).toBe(reason)
    })
  })
})
