import type pg from 'pg'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible'
import type { Config } from '../config/schema.js'
import { queueBackend } from '../queues/backend.js'
import { parseRedisUrl, redisClient } from '../queues/redis-url.js'
import { RateLimiter } from './rate-limiter.js'

const WINDOW_SECONDS = 60

/**
 * The limiter of RATE_LIMIT_PER_MINUTE: counted in Redis where the queue lives there, else in PostgreSQL. While
 * that can't be reached each process counts for itself: an outage must not lift the limit, nor answer for it.
 *
 * @param system a pool of the role `system`
 * @returns null when there is no limit
 */
export async function createRateLimiter(config: Config, system: pg.Pool): Promise<RateLimiter | null> {
  if (config.RATE_LIMIT_PER_MINUTE === 0) return null
  const limit = { points: config.RATE_LIMIT_PER_MINUTE, duration: WINDOW_SECONDS, keyPrefix: 'requests' }
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
