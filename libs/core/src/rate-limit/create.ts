import type pg from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible'
import type { Config } from '../config/schema.js'
import { queueBackend } from '../queues/backend.js'
import { parseRedisUrl, redisClient } from '../queues/redis-url.js'
import { RateLimiter } from './rate-limiter.js'

const MINUTE_SECONDS = 60
const DAY_SECONDS = 86_400
const MEGABYTE = 1_000_000

/** The limiter of RATE_LIMIT_PER_MINUTE. @returns null when there is no limit */
export const createRateLimiter = (config: Config, system: pg.Pool): Promise<RateLimiter | null> =>
  create(config, system, {
    points: config.RATE_LIMIT_PER_MINUTE,
    duration: MINUTE_SECONDS,
    keyPrefix: 'requests',
  })

/** Bytes of answers that are kept for an API key, of IDEMPOTENCY_MEGABYTES_PER_DAY. @returns null when there is no limit */
export const createIdempotencyBudget = (config: Config, system: pg.Pool): Promise<RateLimiter | null> =>
  create(config, system, {
    points: config.IDEMPOTENCY_MEGABYTES_PER_DAY * MEGABYTE,
    duration: DAY_SECONDS,
    keyPrefix: 'idempotency',
  })

/**
 * Counts in Redis where the queue lives there, else in PostgreSQL. While that can't be reached each process counts for
 * itself: an outage must not lift the limit, nor answer for it.
 *
 * @param system a pool of the role `system`
 */
async function create(
  config: Config,
  system: pg.Pool,
  limit: { points: number; duration: number; keyPrefix: string },
): Promise<RateLimiter | null> {
  if (limit.points === 0) return null
  const options = { ...limit, insuranceLimiter: new RateLimiterMemory(limit) }
  const backend = queueBackend(config)
  if (backend.kind === 'postgres') {
    const store = { storeClient: system, storeType: 'pool', tableName: 'rate_limits', tableCreated: true }
    return new RateLimiter(new RateLimiterPostgres({ ...options, ...store }))
  }
  const redis = redisClient(parseRedisUrl(backend.url), 'producer', 'leadferry:')
  // The limiter hears of it by each command that fails.
  redis.on('error', () => undefined)
  // It goes on trying by itself when this fails; waiting keeps the first requests from being counted apart.
  await redis.connect().catch(() => undefined)
  const store = new RateLimiterRedis({ ...options, storeClient: redis, rejectIfRedisNotReady: true })
  return new RateLimiter(store, () => redis.disconnect())
}
