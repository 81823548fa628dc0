import type { FastifyInstance } from 'fastify'
import { type Allowance, AppError, type RateLimiter } from '#core'

/**
 * Counts the requests of each key, after it was recognised and before anything else of the request is looked
 * at. It counts keys and never addresses: whoever calls could write any X-Forwarded-For.
 *
 * Answers tell where the caller stands by `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers), a refusal by `Retry-After` too.
 */
export function limitRequests(server: FastifyInstance, limiter: Pick<RateLimiter, 'take'>): void {
  server.addHook('onRequest', async ({ principal }, reply) => {
    if (principal === null) return
    const allowance = await limiter.take(principal.keyId)
    reply.headers(headersOf(allowance))
    if (!allowance.granted) throw refusal(allowance)
  })
}

const headersOf = ({ limit, windowSeconds, remaining, resetSeconds }: Allowance) => ({
  'RateLimit-Policy': `"key";q=${limit};w=${windowSeconds}`,
  RateLimit: `"key";r=${remaining};t=${resetSeconds}`,
})

const refusal = ({ limit, windowSeconds, resetSeconds }: Allowance): AppError =>
  new AppError(
    'TOO_MANY_REQUESTS',
    { message: `This key has ${limit} requests per ${windowSeconds} seconds` },
    { 'Retry-After': String(resetSeconds) },
  )
