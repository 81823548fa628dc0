import type { RateLimiter } from '#core'
import { rateLimited } from '../http/rate-limit.js'

/**
 * Counts a request for the app token that it is made with.
 * @throws AppError 429 that says when to come back
 */
export async function charge(limiter: RateLimiter | null, keyId: string): Promise<void> {
  const allowance = await limiter?.take(keyId)
  if (allowance?.granted === false) throw rateLimited(allowance)
}
