import { createHash } from 'node:crypto'
import {
  type ConnectionOptions,
  createPostgresBackend,
  type QueueOptions,
  setDefaultBackendFactory,
} from 'bullmq'
import { BullMQOtel } from 'bullmq-otel'
import type pg from 'pg'
import type { Config } from '../config/schema.js'
import { parseRedisUrl, placeOf, type QueueRole, redisClient, redisOptions } from './redis-url.js'

/** The schema of BullMQ's own tables where the queue lives in PostgreSQL. */
export const QUEUE_SCHEMA = 'bullmq'

export interface QueueBackend {
  kind: 'redis' | 'postgres'
  url: string
}

/** QUEUE_URL, else REDIS_URL, else the database. */
export function queueBackend(
  config: Pick<Config, 'QUEUE_URL' | 'REDIS_URL' | 'SYSTEM_DATABASE_URL'>,
): QueueBackend {
  const url = config.QUEUE_URL ?? config.REDIS_URL ?? config.SYSTEM_DATABASE_URL
  return { kind: url.startsWith('redis') ? 'redis' : 'postgres', url }
}

/**
 * What tells two backends apart, without credentials: a gateway that announces where no worker
 * listens must not start. 31 bits, because it becomes half of an advisory lock's key.
 */
export function fingerprint({ kind, url }: QueueBackend): number {
  const place = kind === 'redis' ? placeOf(parseRedisUrl(url)) : databaseOf(url)
  return createHash('sha256').update(`${kind} ${place}`).digest().readUInt32BE() >>> 1
}

function databaseOf(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || '5432'}${pathname}`
}

/** In braces, so that a cluster keeps all keys of a queue on one node, which BullMQ's scripts need. */
const KEY_PREFIX = '{leadferry}'

/** What says where the queue is, and whether its messages are traced. */
export type QueueConfig = Pick<Config, 'QUEUE_URL' | 'REDIS_URL' | 'SYSTEM_DATABASE_URL'> &
  Partial<Pick<Config, 'OTEL_EXPORTER_OTLP_ENDPOINT'>>

/** BullMQ's options for the backend; also makes it the default that @nestjs/bullmq's queues and workers use. */
export function queueOptions(config: QueueConfig, role: QueueRole): QueueOptions {
  const backend = queueBackend(config)
  // A message takes the trace of what announced it along.
  const telemetry =
    config.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
      ? {}
      : { telemetry: new BullMQOtel({ tracerName: 'leadferry' }) }
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
      options: unflushed,
      onConnect: outliveLostConnection,
    } as unknown as ConnectionOptions
    return { connection, defaultJobOptions: jobs, ...telemetry }
  }
  setDefaultBackendFactory()
  const address = parseRedisUrl(backend.url)
  // BullMQ makes its own connections from options; those of a cluster it can only duplicate.
  const connection = (
    address.mode === 'cluster' ? redisClient(address, role) : redisOptions(address, role)
  ) as ConnectionOptions
  return { connection, defaultJobOptions: jobs, prefix: KEY_PREFIX, ...telemetry }
}

/**
 * A message is sent with its COMMIT, before the disk has it. What PostgreSQL loses of it when its host dies, the sweeper
 * announces again; nothing that is the truth is written by these connections.
 */
const unflushed = '-c synchronous_commit=off'

/**
 * BullMQ listens to no errors of a connection that it looks at the schema with: one that is lost in that moment would
 * end the process.
 */
const outliveLostConnection = (client: pg.PoolClient): void => void client.on('error', () => undefined)
