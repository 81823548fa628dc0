import { createHash } from 'node:crypto'
import {
  type ConnectionOptions,
  createPostgresBackend,
  type QueueOptions,
  setDefaultBackendFactory,
} from 'bullmq'
import type pg from 'pg'
import type { Config } from '../config/schema.js'

/** The schema of BullMQ's own tables where the queue lives in PostgreSQL. */
export const QUEUE_SCHEMA = 'bullmq'

/** A producer answers a caller and fails fast; a consumer waits for its backend to come back. */
export type QueueRole = 'producer' | 'consumer'

export interface QueueBackend {
  kind: 'redis' | 'postgres'
  url: string
}

/** QUEUE_URL, else REDIS_URL, else the database. */
export function queueBackend(
  config: Pick<Config, 'QUEUE_URL' | 'REDIS_URL' | 'SYSTEM_DATABASE_URL'>,
): QueueBackend {
  const url = config.QUEUE_URL ?? config.REDIS_URL ?? config.SYSTEM_DATABASE_URL
  return { kind: new URL(url).protocol.startsWith('redis') ? 'redis' : 'postgres', url }
}

/**
 * What tells two backends apart, without credentials: a gateway that announces where no worker
 * listens must not start. 31 bits, because it becomes half of an advisory lock's key.
 */
export function fingerprint({ kind, url }: QueueBackend): number {
  const { hostname, port, pathname } = new URL(url)
  const place = `${kind}://${hostname}:${port || (kind === 'redis' ? '6379' : '5432')}${pathname}`
  return createHash('sha256').update(place).digest().readUInt32BE() >>> 1
}

/** BullMQ's options for a backend; also makes it the default that @nestjs/bullmq's queues and workers use. */
export function queueOptions(backend: QueueBackend, role: QueueRole): QueueOptions {
  const jobs = { attempts: 1, removeOnComplete: true, removeOnFail: true }
  if (backend.kind === 'postgres') {
    setDefaultBackendFactory(createPostgresBackend)
    // BullMQ types the connection for Redis; the PostgreSQL backend reads a pool's options from it.
    const connection = {
      connectionString: backend.url,
      schema: QUEUE_SCHEMA,
      max: 4,
      // Who announces after a silence, or takes what was announced, need not wait for a connection.
      min: 1,
      onConnect: outliveLostConnection,
    } as unknown as ConnectionOptions
    return { connection, defaultJobOptions: jobs }
  }
  setDefaultBackendFactory()
  return { connection: redisConnection(backend.url, role), defaultJobOptions: jobs, prefix: 'leadferry' }
}

/**
 * BullMQ listens to no errors of a connection that it looks at the schema with: one that is lost in that moment would
 * end the process.
 */
const outliveLostConnection = (client: pg.PoolClient): void => void client.on('error', () => undefined)

/** ioredis's options for a URL. */
export function redisConnection(url: string, role: QueueRole) {
  const { hostname, port, pathname, username, password, protocol } = new URL(url)
  return {
    host: hostname,
    port: Number(port || 6379),
    db: Number(pathname.slice(1) || 0),
    username: decodeURIComponent(username) || undefined,
    password: decodeURIComponent(password) || undefined,
    tls: protocol === 'rediss:' ? {} : undefined,
    ...(role === 'producer'
      ? { enableOfflineQueue: false, maxRetriesPerRequest: 1, connectTimeout: 2000 }
      : { maxRetriesPerRequest: null }),
  }
}
