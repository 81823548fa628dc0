import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis'

/** A producer answers a caller and fails fast; a consumer waits for its backend to come back. */
export type QueueRole = 'producer' | 'consumer'

interface Node {
  host: string
  port: number
}

/** What a URL of Redis says. */
export interface RedisAddress {
  /** `sentinel` asks the nodes for the address of `master`; `cluster` asks them for all the others. */
  mode: 'standalone' | 'sentinel' | 'cluster'
  tls: boolean
  /** At least one. */
  nodes: readonly Node[]
  username?: string
  password?: string
  /** Always 0 in a cluster. */
  db: number
  /** The name that the sentinels know the master by; theirs only. */
  master?: string
  /** Where the sentinels want one of their own. */
  sentinelPassword?: string
}

/** As operators write it, for messages. */
export const REDIS_URL_FORMS =
  'redis://host:6379/0, redis-sentinel://host:26379,host:26379/0?master=NAME or redis-cluster://host:6379,host:6379, each with [user:password@] before the hosts, and rediss for TLS'

const pattern =
  /^redis(?<tls>s?)(?:-(?<mode>sentinel|cluster))?:\/\/(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?(?<nodes>[^/?@]+)(?:\/(?<db>\d*))?(?:\?(?<query>.*))?$/
const DEFAULT_PORTS = { standalone: 6379, cluster: 6379, sentinel: 26_379 }

/** @throws Error that says what is wrong with it, and has nothing of it: it may be a secret */
export function parseRedisUrl(url: string): RedisAddress {
  const found = pattern.exec(url)?.groups
  if (found === undefined) throw new Error(`must be one of ${REDIS_URL_FORMS}`)
  const mode = (found['mode'] ?? 'standalone') as RedisAddress['mode']
  const nodes = (found['nodes'] ?? '').split(',').map((node) => parseNode(node, DEFAULT_PORTS[mode]))
  if (mode === 'standalone' && nodes.length > 1)
    throw new Error('names several hosts: redis-sentinel:// or redis-cluster:// takes them')
  const query = new URLSearchParams(found['query'])
  const master = query.get('master') ?? undefined
  if (mode === 'sentinel' && !master)
    throw new Error('must name the master that the sentinels watch: ?master=NAME')
  const db = Number(found['db'] || 0)
  if (mode === 'cluster' && db !== 0) throw new Error('names a database, of which a cluster has none but 0')
  return {
    mode,
    tls: found['tls'] === 's',
    nodes,
    username: decoded(found['user']),
    password: decoded(found['password']),
    db,
    master,
    sentinelPassword: query.get('sentinelPassword') ?? undefined,
  }
}

function parseNode(text: string, defaultPort: number): Node {
  if (!URL.canParse(`redis://${text}`)) throw new Error('names a host that is none')
  const { hostname, port } = new URL(`redis://${text}`)
  // An IPv6 address stands in brackets in a URL, and without them for a socket.
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || defaultPort) }
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text ? decodeURIComponent(text) : undefined
  } catch {
    throw new Error('has a user or a password with a % that begins no escape')
  }
}

/** What tells one Redis from another, without credentials. */
export function placeOf({ mode, nodes, db, master = '' }: RedisAddress): string {
  const names = nodes.map(({ host, port }) => `${host}:${port}`).sort()
  return `${mode}://${names.join(',')}/${db}?${master}`
}

/** ioredis's options for one that is no cluster. */
export function redisOptions(address: RedisAddress, role: QueueRole): RedisOptions {
  const { mode, tls, nodes, username, password, db, master, sentinelPassword } = address
  const common: RedisOptions = { ...inRole(role), username, password, db, ...(tls ? { tls: {} } : {}) }
  if (mode !== 'sentinel') return { ...common, ...nodes[0] }
  const secure = tls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}
  return { ...common, ...secure, sentinels: [...nodes], name: master, sentinelPassword }
}

/** A client that connects when it is first used, or told to; the caller disconnects it. */
export function redisClient(address: RedisAddress, role: QueueRole, keyPrefix?: string): Redis | Cluster {
  if (address.mode !== 'cluster')
    return new Redis({ ...redisOptions(address, role), keyPrefix, lazyConnect: true })
  const { tls, nodes, username, password } = address
  const { enableOfflineQueue, ...eachNode } = inRole(role)
  const options: ClusterOptions = {
    keyPrefix,
    lazyConnect: true,
    enableOfflineQueue,
    redisOptions: { ...eachNode, username, password, ...(tls ? { tls: {} } : {}) },
    // The names of a managed cluster's nodes are what their certificates are for, so they stay names.
    ...(tls ? { dnsLookup: (name, done) => done(null, name) } : {}),
  }
  return new Cluster([...nodes], options)
}

const inRole = (role: QueueRole) =>
  role === 'producer'
    ? { enableOfflineQueue: false, maxRetriesPerRequest: 1, connectTimeout: 2000 }
    : { enableOfflineQueue: true, maxRetriesPerRequest: null }
