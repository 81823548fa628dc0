import { Logger } from '@nestjs/common'
import { createServer, request, type Server } from 'node:http'
import { ObjectStore } from '#core'
import { TestContext } from '../../../../test/support/context.js'
import { type Proxy, startProxy } from '../../../../test/support/proxy/proxy.js'
import { until } from '../../../../test/support/until.js'
import { listen } from '../../../../tools/local-stack/listen.js'
import { CleanupService } from './cleanup.service.js'

describe('lost uploads', () => {
  let context: TestContext
  let store: ObjectStore
  let line: Proxy

  beforeAll(async () => {
    // A store that does not do what it is asked for is what is tested.
    Logger.overrideLogger(false)
    context = await TestContext.create()
    store = new ObjectStore(context.config)
    line = await startProxy(context.config.S3_ENDPOINT)
  })
  afterEach(async () => {
    line.use({ how: 'pass' })
    await sql('TRUNCATE upload_intents')
  })
  afterAll(async () => {
    store.close()
    await line.close()
    await context.close()
  })

  const sql = (text: string, values?: unknown[]) =>
    context.testDatabase.superuser.query<{ key: string }>(text, values)
  const cleanupBy = (url: string, seconds: number) => {
    const way = new ObjectStore({ ...context.config, S3_ENDPOINT: url, S3_TIMEOUT_SECONDS: seconds })
    return { way, cleanup: new CleanupService(context.database, way) }
  }
  /** Of attempts at an export that there is not. */
  async function lose(keys: string[]): Promise<void> {
    for (const [epoch, key] of keys.entries()) {
      await store.put(key, Buffer.from('lost'), 'text/plain')
      const values = ['exp_0000000000000000', epoch, key]
      await sql('INSERT INTO upload_intents (holder, epoch, object_key) VALUES ($1, $2, $3)', values)
    }
  }
  const keysWhere = async (what: string) =>
    (await sql(`SELECT object_key AS key FROM upload_intents WHERE ${what} ORDER BY 1`)).rows.map(
      ({ key }) => key,
    )

  /** The store, by way of something that refuses to delete one key: the real one refuses none. */
  async function refusingOne(key: string): Promise<{ server: Server; url: string }> {
    const server = createServer((asked, answer) => {
      const { method, url, headers } = asked
      if (method === 'DELETE' && url?.includes(key) === true) {
        answer.writeHead(403).end('<Error><Code>AccessDenied</Code><Message>No.</Message></Error>')
        return
      }
      const { port } = context.s3
      const passed = request({ host: '127.0.0.1', port, method, path: url, headers }, (given) => {
        answer.writeHead(given.statusCode!, given.headers)
        given.pipe(answer)
      })
      asked.pipe(passed)
    })
    const port = await listen(server, 0, '127.0.0.1', 'refusing store')
    return { server, url: `http://127.0.0.1:${port}` }
  }

  it('one that can’t be removed is told of, and does not keep the others, however many there are', async () => {
    const keys = Array.from({ length: 150 }, (_, n) => `lost-${n}`)
    await lose(['refused', ...keys])
    const { server, url } = await refusingOne('refused')
    const { way, cleanup } = cleanupBy(url, 5)
    await expect(cleanup.removeLostUploads(undefined, Infinity)).rejects.toThrow(
      '1 lost uploads could not be removed, 150 were',
    )
    expect(await keysWhere('cleaned_at IS NULL')).toEqual(['refused'])
    expect(await store.size('lost-149')).toBeNull()
    expect(await store.size('refused')).toBe(4)
    way.close()
    server.closeAllConnections()
    server.close()

    const direct = new CleanupService(context.database, store)
    expect(await direct.removeLostUploads()).toBe(0)
    await sql('UPDATE upload_intents SET not_before = now()')
    expect(await direct.removeLostUploads()).toBe(1)
    expect(await store.size('refused')).toBeNull()
  }, 30_000)

  it('a pass whose time is over leaves the rest to the next', async () => {
    await lose(['a', 'b', 'c'])
    const cleanup = new CleanupService(context.database, store)
    expect(await cleanup.removeLostUploads(undefined, 0)).toBe(1)
    expect(await keysWhere('cleaned_at IS NULL')).toEqual(['b', 'c'])
    expect(await cleanup.removeLostUploads()).toBe(2)
  })

  it('a store that says nothing is asked about one, not about each', async () => {
    await lose(['a', 'b', 'c'])
    const { way, cleanup } = cleanupBy(line.via(context.config.S3_ENDPOINT), 1)
    line.use({ how: 'stall' })
    await expect(cleanup.removeLostUploads()).rejects.toThrow('1 lost uploads')
    expect(await keysWhere('not_before > clock_timestamp()')).toEqual(['a'])
    line.use({ how: 'pass' })
    expect(await cleanup.removeLostUploads()).toBe(2)
    way.close()
  }, 30_000)

  it('a shutdown is not held up by a store that says nothing', async () => {
    await lose(['a', 'b'])
    const { way, cleanup } = cleanupBy(line.via(context.config.S3_ENDPOINT), 3600)
    line.use({ how: 'stall' })
    const end = new AbortController()
    const { connections } = line.stats
    const removing = cleanup.removeLostUploads(end.signal)
    await until('the question', () => Promise.resolve(line.stats.connections > connections))
    end.abort()
    expect(await removing).toBe(0)
    expect(await keysWhere('cleaned_at IS NULL')).toEqual(['a', 'b'])
    way.close()
  }, 10_000)
})
