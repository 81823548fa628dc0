import { join } from 'node:path'
import { type Mailbox, startMailbox } from '../../../tools/local-stack/mailbox/server.js'
import { freePort } from '../../../tools/local-stack/ports.js'
import { type Postgres, startPostgres } from '../../../tools/local-stack/postgres/postgres.js'
import { findRedisBinary } from '../../../tools/local-stack/redis/find-redis.js'
import { type Redis, startRedis } from '../../../tools/local-stack/redis/start-redis.js'
import { type S3Server, type S3ServerOptions, startS3Server } from '../../../tools/local-stack/s3/server.js'
import type { Backend } from '../../support/backend.js'
import { HelperProcess } from '../helper-process.js'
import { type Proxy, startProxy } from '../../support/proxy/proxy.js'

export const BUCKET = 'leadferry'
export const STORE_KEYS = { accessKeyId: 'chaos', secretAccessKey: 'chaos-store-secret-chaos-store-secret' }

/** A server that can be ended, one way or another, and comes back on its port. */
export interface Restartable<S> {
  readonly port: number
  readonly running: S
  /** @param how in order, or by a signal that gives it no time; `between` runs while it is down */
  restart(how: 'stopped' | NodeJS.Signals, between?: () => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** What gateways and workers need, real, with a proxy before what is reached over a network that may fail. */
export interface Servers {
  postgres: Restartable<Postgres>
  /** Null where the queue lives in PostgreSQL. */
  redis: Restartable<Redis> | null
  s3: Pick<S3Server, 'url' | 'close'>
  mailbox: Mailbox
  storage: Proxy
  smtp: Proxy
  stop(): Promise<void>
}

/**
 * @param isStoreApart whether the store is a process of low priority, or part of this one
 * @throws Error that says why there is no Redis, where it is asked for
 */
export async function startServers(
  folder: string,
  backend: Backend,
  isStoreApart: boolean,
): Promise<Servers> {
  const started: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const end of started.reverse()) await end()
  }
  const kept = <S>(server: S, end: (server: S) => Promise<void>): S => {
    started.push(() => end(server))
    return server
  }
  try {
    const postgres = kept(await restartable(await freePort(), postgresIn(folder)), (server) => server.stop())
    const redis =
      backend === 'redis'
        ? kept(await restartable(await freePort(), await redisIn(folder)), (server) => server.stop())
        : null
    const dataDir = join(folder, 's3')
    const options = { ...STORE_KEYS, dataDir, port: isStoreApart ? await freePort() : 0, buckets: [BUCKET] }
    const s3 = kept(await (isStoreApart ? storeApart(options) : startS3Server(options)), (server) =>
      server.close(),
    )
    const mailbox = kept(
      await startMailbox({ dataDir: join(folder, 'mail'), smtpPort: 0, httpPort: 0 }),
      (server) => server.close(),
    )
    const storage = kept(await startProxy(s3.url), (server) => server.close())
    const smtp = kept(await startProxy(mailbox.smtpUrl), (server) => server.close())
    return { postgres, redis, s3, mailbox, storage, smtp, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function storeApart(options: S3ServerOptions): Promise<Servers['s3']> {
  const store = await HelperProcess.start<null>('test/chaos/world/store-process.js', options)
  store.begin()
  return { url: `http://127.0.0.1:${options.port}`, close: () => store.end().then(() => undefined) }
}

const postgresIn = (folder: string) => (port: number) =>
  startPostgres({
    dataDir: join(folder, 'postgres'),
    port,
    portVariable: 'any',
    log: join(folder, 'postgres.log'),
    // The machine stays up: what was committed is in its memory, on the disk or not.
    settings: { fsync: 'off', max_connections: '400' },
  })

async function redisIn(folder: string): Promise<(port: number) => Promise<Redis>> {
  const binary = await findRedisBinary()
  if (binary.kind === 'none') throw new Error(`no Redis: ${binary.reason}`)
  return (port) => startRedis({ binary, port, portVariable: 'any', dir: join(folder, 'redis') })
}

interface Server {
  readonly pid: number
  readonly exited: Promise<string>
  stop(): Promise<void>
}

async function restartable<S extends Server>(
  port: number,
  start: (port: number) => Promise<S>,
): Promise<Restartable<S>> {
  let running = await start(port)
  return {
    port,
    get running() {
      return running
    },
    async restart(how, between) {
      if (how === 'stopped') await running.stop()
      else {
        process.kill(running.pid, how)
        await running.exited
      }
      await between?.()
      running = await start(port)
    },
    stop: () => running.stop(),
  }
}
