import { mkdir } from 'node:fs/promises'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { startGuarded } from '../lifetime/guarded-server.js'
import { untilReady } from '../lifetime/until-ready.js'
import { assertPortFree } from '../ports.js'
import type { RedisBinary } from './find-redis.js'

const READY_WITHIN_MS = 10_000

export interface RedisOptions {
  readonly binary: RedisBinary
  readonly port: number
  /** The environment variable that moves the port, for the message that says it is taken. */
  readonly portVariable: string
  /** For the log; made if missing. */
  readonly dir: string
  /** Of redis.conf, beside and above our own. */
  readonly settings?: Record<string, string>
}

export interface Redis {
  readonly url: string
  readonly pid: number
  /** Resolves with the end of a sentence on how the server ended. */
  readonly exited: Promise<string>
  stop(): Promise<void>
}

/** Starts a Redis on 127.0.0.1 that keeps nothing on disk. It cannot outlive this process. */
export async function startRedis({
  binary,
  port,
  portVariable,
  dir,
  settings = {},
}: RedisOptions): Promise<Redis> {
  await assertPortFree(port, 'Redis', portVariable)
  const folder = resolve(dir)
  await mkdir(folder, { recursive: true })
  const log = join(folder, 'redis.log')
  const server = await startGuarded({
    command: [binary.path, ...redisArguments(port, folder, settings)],
    env: redisEnvironment(binary),
    stop: [{ signal: 'SIGTERM', graceMs: 3_000 }],
    orphanSignal: 'SIGKILL',
    log,
  })
  const failure = await untilReady(server, () => ping(port), READY_WITHIN_MS)
  if (failure !== undefined) {
    await server.stop()
    throw new Error(`Redis did not start: it ${failure}, see ${log}`)
  }
  const { pid, exited } = server
  return { url: `redis://127.0.0.1:${port}`, pid, exited, stop: () => server.stop() }
}

function redisArguments(port: number, folder: string, settings: Record<string, string>): string[] {
  const words = {
    bind: '127.0.0.1',
    port: String(port),
    dir: folder,
    save: '',
    appendonly: 'no',
    daemonize: 'no',
    ...settings,
  }
  return Object.entries(words).flatMap(([name, value]) => [`--${name}`, value])
}

/** What a program of the package is started with. */
export function redisEnvironment({ libraryPath }: RedisBinary): Record<string, string> {
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin' }
  return libraryPath ? { ...env, LD_LIBRARY_PATH: libraryPath } : env
}

async function ping(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    // One that wants a password is there too.
    return /^(\+PONG|-NOAUTH)/.test(answer.toString())
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
