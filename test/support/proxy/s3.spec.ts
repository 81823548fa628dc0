import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { ObjectStore } from '#core'
import { type S3Server, startS3Server } from '../../../tools/local-stack/s3/server.js'
import { until } from '../until.js'
import { type Proxy, startProxy } from './proxy.js'

const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
const file = randomBytes(300_000)
const big = randomBytes(9 * 1024 * 1024)

describe('S3 behind a proxy', () => {
  let folder: string
  let server: S3Server
  let proxy: Proxy
  let store: ObjectStore
  let direct: ObjectStore

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadferry-'))
    server = await startS3Server({ ...credentials, dataDir: folder, port: 0, buckets: ['leadferry'] })
    proxy = await startProxy(server.url)
    store = storeAt(proxy.via(server.url))
    direct = storeAt(server.url)
  })
  afterEach(() => proxy.use({ how: 'pass' }))
  afterAll(async () => {
    store.close()
    direct.close()
    await proxy.close()
    await server.close()
    await rm(folder, { recursive: true })
  })

  const storeAt = (url: string) =>
    new ObjectStore({
      S3_ENDPOINT: url,
      S3_PUBLIC_ENDPOINT: undefined,
      S3_REGION: 'us-east-1',
      S3_BUCKET: 'leadferry',
      S3_ACCESS_KEY_ID: credentials.accessKeyId,
      S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      S3_PATH_STYLE: true,
      S3_TIMEOUT_SECONDS: 60,
    })
  const put = (key: string, signal?: AbortSignal) => store.put(key, file, 'text/csv', { signal })

  it('passes small and large, up and down', async () => {
    await put('pass')
    await store.put('pass-big', big, 'text/csv')
    expect((await buffer(await store.get('pass-big'))).equals(big)).toBe(true)
  })

  it('slow: comes through whole', async () => {
    proxy.use({ how: 'slow', bytesPerSecond: 1_000_000 })
    await put('slow')
    expect((await buffer(await direct.get('slow'))).equals(file)).toBe(true)
  })

  it.each([{ how: 'refuse' }, { how: 'cut', afterBytes: 100_000 }] as const)(
    '$how: fails, and nothing is there',
    async (mode) => {
      proxy.use(mode)
      await expect(put(mode.how)).rejects.toThrow()
      expect(await direct.size(mode.how)).toBeNull()
      expect(proxy.stats.struck[mode.how]).toBeGreaterThan(2)
    },
  )

  it('cut once: the client tries again by itself', async () => {
    proxy.use({ how: 'cut', afterBytes: 100_000, times: 1 })
    await put('once')
    expect(await direct.size('once')).toBe(file.length)
    expect(proxy.mode.how).toBe('pass')
  })

  it('stall: nothing comes until it passes', async () => {
    proxy.use({ how: 'stall' })
    const work = put('stalled')
    await until('it to wait', () => (proxy.stats.struck.stall ?? 0) > 0)
    expect(await direct.size('stalled')).toBeNull()
    proxy.use({ how: 'pass' })
    await work
    expect(await direct.size('stalled')).toBe(file.length)
  })

  it.each([0, 20])('halfAnswer of %d bytes: the client fails, the work was done', async (bytes) => {
    proxy.use({ how: 'halfAnswer', bytes })
    await expect(put(`half-${bytes}`)).rejects.toThrow()
    expect(await direct.size(`half-${bytes}`)).toBe(file.length)
  })

  it('halfAnswer: that a body may be sent is not the answer', async () => {
    proxy.use({ how: 'halfAnswer', bytes: 0 })
    await expect(store.put('half-big', big, 'text/csv')).rejects.toThrow()
    expect((await buffer(await direct.get('half-big'))).equals(big)).toBe(true)
  })

  it('late: a PUT that its client gave up lands afterwards, over what was put in between', async () => {
    await direct.put('late', Buffer.from('older'), 'text/csv')
    proxy.use({ how: 'late', ms: 3000 })
    // Long enough for all of it to have been sent: a part of it never lands.
    await expect(put('late', AbortSignal.timeout(2000))).rejects.toThrow()
    proxy.use({ how: 'pass' })
    await store.put('late', Buffer.from('newer'), 'text/csv')
    expect((await buffer(await direct.get('late'))).toString()).toBe('newer')
    await until('it to land', async () => (await direct.size('late')) === file.length)
    expect((await buffer(await direct.get('late'))).equals(file)).toBe(true)
  })
})
