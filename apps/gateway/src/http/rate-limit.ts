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
  server.addHook('onRequest', ({ principal }, reply, done) => {
    if (principal === null) return done()
    const tell = (allowance: Allowance) => {
      const { limit, windowSeconds, remaining, resetSeconds } = allowance
      void reply.header('RateLimit-Policy', `"key";q=${limit};w=${windowSeconds}`)
      void reply.header('RateLimit', `"key";r=${remaining};t=${resetSeconds}`)
      done(allowance.granted ? undefined : refusal(allowance))
    }
    const allowance = limiter.take(principal.keyId)
    if (allowance instanceof Promise) allowance.then(tell, done)
    else tell(allowance)
  })
}

const refusal = ({ limit, windowSeconds, resetSeconds }: Allowance): AppError =>
  new AppError(
    'TOO_MANY_REQUESTS',
    { reason: 'rate_limited', limit, message: `This key has ${limit} requests per ${windowSeconds} seconds` },
    { 'Retry-After': String(resetSeconds) },
  )
