import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis as Client } from 'ioredis'
import { itWhen } from '../../../test/support/when.js'
import { goneWithin } from '../lifetime/processes.js'
import { freePort } from '../ports.js'
import { standIn } from '../testing/stand-in.js'
import { findRedis } from './find-redis.js'
import type { RedisBinary } from './find-redis.js'
import { startRedis } from './start-redis.js'

const portVariable = 'REDIS_PORT'
const withServer = itWhen(process.env['TEST_REDIS_SERVER'] === 'found', 'no redis-server to start here')

describe('Redis', () => {
  let dir: string
  let url: string | undefined

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'leadferry-redis-'))
    url = process.env.REDIS_URL
    delete process.env.REDIS_URL
  })
  afterEach(async () => {
    delete process.env.REDIS_URL
    if (url) process.env.REDIS_URL = url
    await rm(dir, { recursive: true })
  })

  async function binary(): Promise<RedisBinary> {
    const found = await findRedis()
    if (found.kind !== 'binary') throw new Error(`no Redis to test with: ${JSON.stringify(found)}`)
    return found
  }

  it('is the one at REDIS_URL if there is one', async () => {
    process.env.REDIS_URL = 'redis://elsewhere'
    await expect(findRedis()).resolves.toEqual({ kind: 'url', url: 'redis://elsewhere' })
  })

  it('gives a reason when there is none', async () => {
    const program = `
      import { findRedis } from '#dist/redis/find-redis.js'
      console.log(JSON.stringify(await findRedis(${JSON.stringify(join(dir, 'cache'))})))
    `
    const found = await standIn(program, undefined, dir).next()
    const reason: unknown = expect.stringContaining('no redis-server on the PATH')
    expect(found).toEqual({ kind: 'none', reason })
  })

  withServer('starts, never evicts, and stops', async () => {
    const redis = await startRedis({ binary: await binary(), port: await freePort(), portVariable, dir })
    const client = new Client(redis.url)
    await expect(client.config('GET', 'maxmemory-policy')).resolves.toEqual([
      'maxmemory-policy',
      'noeviction',
    ])
    await expect(client.config('GET', 'bind')).resolves.toEqual(['bind', '127.0.0.1'])
    client.disconnect()
    await redis.stop()
    await expect(redis.exited).resolves.toBe('exited with code 0')
  })

  withServer('ends with a launcher that is killed', async () => {
    const options = { binary: await binary(), port: await freePort(), portVariable, dir }
    const launcher = standIn(`
      import { startRedis } from '#dist/redis/start-redis.js'
      const redis = await startRedis(${JSON.stringify(options)})
      console.log(redis.pid)
    `)
    const pid = await launcher.next<number>()
    launcher.kill('SIGKILL')
    expect(await goneWithin(pid, 10_000)).toBe(true)
  })
})
