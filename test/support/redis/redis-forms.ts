import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Redis as Client } from 'ioredis'
import { freePort } from '../../../tools/local-stack/ports.js'
import { findRedisBinary, type RedisBinary } from '../../../tools/local-stack/redis/find-redis.js'
import { startGuarded } from '../../../tools/local-stack/lifetime/guarded-server.js'
import { type Redis, redisEnvironment, startRedis } from '../../../tools/local-stack/redis/start-redis.js'
import { makeCertificate } from '../tls.js'
import { until } from '../until.js'

const SLOTS = 16_384
const MASTER = 'leads'
const PASSWORD = 'p@ss:word/1'

/** A Redis of one of the forms that QUEUE_URL takes. */
export interface RedisForm {
  url: string
  /** What the product's processes need beside the URL. */
  env: Record<string, string>
  servers: Redis[]
  stop(): Promise<void>
}

async function starter(dir: string) {
  const found = await findRedisBinary()
  if (found.kind === 'none') throw new Error(found.reason)
  const binary: RedisBinary = found
  const start = async (name: string, settings: Record<string, string>) =>
    startRedis({ binary, port: await freePort(), portVariable: 'any', dir: join(dir, name), settings })
  return { binary, start }
}

const formOf = (url: string, servers: Redis[], env: Record<string, string> = {}): RedisForm => ({
  url,
  env,
  servers,
  async stop() {
    await Promise.all(servers.map((server) => server.stop()))
  },
})
const portOf = ({ url }: Redis) => Number(new URL(url).port)

/** Three masters, a third of the slots each. */
export async function redisCluster(dir: string): Promise<RedisForm> {
  const { start } = await starter(dir)
  const nodes: { server: Redis; bus: number; client: Client }[] = []
  for (let n = 0; n < 3; n++) {
    const bus = await freePort()
    const settings = {
      'cluster-enabled': 'yes',
      'cluster-config-file': 'nodes.conf',
      'cluster-port': String(bus),
    }
    const server = await start(`node-${n}`, settings)
    nodes.push({ server, bus, client: new Client(server.url) })
  }
  for (const [n, { server, bus, client }] of nodes.entries()) {
    const [first, next] = [n, n + 1].map((part) => Math.floor((part * SLOTS) / nodes.length)) as [
      number,
      number,
    ]
    await client.call('CLUSTER', 'ADDSLOTSRANGE', first, next - 1)
    await nodes[0]!.client.call('CLUSTER', 'MEET', '127.0.0.1', portOf(server), bus)
  }
  await until('the cluster to be whole', async () => {
    const states = await Promise.all(nodes.map(({ client }) => client.call('CLUSTER', 'INFO')))
    return states.every((state) => /cluster_state:ok[^]*cluster_known_nodes:3/.test(String(state)))
      ? true
      : null
  })
  for (const { client } of nodes) client.disconnect()
  const seeds = nodes.map(({ server }) => `127.0.0.1:${portOf(server)}`)
  return formOf(
    `redis-cluster://${seeds.join(',')}`,
    nodes.map(({ server }) => server),
  )
}

/** A master and its replica, both with a password, and a sentinel that makes the one the other when it is gone. */
export async function redisSentinel(dir: string): Promise<RedisForm> {
  const { binary, start } = await starter(dir)
  const secret = { requirepass: PASSWORD, masterauth: PASSWORD }
  const master = await start('master', secret)
  const replica = await start('replica', { ...secret, replicaof: `127.0.0.1 ${portOf(master)}` })
  const sentinel = await startSentinel(binary, join(dir, 'sentinel'), portOf(master))
  const url = `redis-sentinel://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${portOf(sentinel)}/0?master=${MASTER}`
  return formOf(url, [master, replica, sentinel])
}

async function startSentinel(binary: RedisBinary, dir: string, master: number): Promise<Redis> {
  await mkdir(dir, { recursive: true })
  const port = await freePort()
  const file = join(dir, 'sentinel.conf')
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${dir}`,
    `sentinel monitor ${MASTER} 127.0.0.1 ${master} 1`,
    `sentinel auth-pass ${MASTER} ${PASSWORD}`,
    `sentinel down-after-milliseconds ${MASTER} 500`,
    `sentinel failover-timeout ${MASTER} 5000`,
  ]
  // It writes into its own configuration.
  await writeFile(file, `${lines.join('\n')}\n`)
  const server = await startGuarded({
    command: [binary.path, file, '--sentinel'],
    env: redisEnvironment(binary),
    stop: [{ signal: 'SIGTERM', graceMs: 3000 }],
    orphanSignal: 'SIGKILL',
    log: join(dir, 'sentinel.log'),
  })
  const client = new Client({ port, host: '127.0.0.1' })
  await until('the sentinel to know a replica', async () => {
    const replicas = await client.call('SENTINEL', 'REPLICAS', MASTER).catch(() => [])
    return (replicas as unknown[]).length === 1 ? true : null
  })
  client.disconnect()
  const { pid, exited } = server
  return { url: `redis://127.0.0.1:${port}`, pid, exited, stop: () => server.stop() }
}

/** With a certificate of an authority of the test's own. */
export async function redisTls(dir: string): Promise<RedisForm> {
  const { start } = await starter(dir)
  await mkdir(dir, { recursive: true })
  const { key, certificate } = await makeCertificate(dir)
  const port = await freePort()
  const server = await start('tls', {
    'tls-port': String(port),
    'tls-cert-file': certificate,
    'tls-key-file': key,
    'tls-ca-cert-file': certificate,
    'tls-auth-clients': 'no',
  })
  return formOf(`rediss://127.0.0.1:${port}`, [server], { NODE_EXTRA_CA_CERTS: certificate })
}
