import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Allowance, AppError, type RateLimiter } from '#core'
import { costOf, costOfBody, EVENTS_PER_TOKEN } from './costs.js'

/**
 * Charges each key for its requests: one token, or more for a large body, after the key was recognised and before anything else
 * of the request is looked at, and the rest of what the request costs once its body was read, before any work is done. It counts keys and never
 * addresses: whoever calls could write any X-Forwarded-For.
 *
 * Answers tell where the caller stands by `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers), a refusal by `Retry-After` too.
 */
export function limitRequests(server: FastifyInstance, limiter: Pick<RateLimiter, 'take' | 'limit'>): void {
  const charge = (
    { principal }: FastifyRequest,
    reply: FastifyReply,
    cost: number,
    done: (error?: Error) => void,
  ) => {
    if (principal === null || cost === 0) return done()
    const tell = (allowance: Allowance) => {
      const { limit, windowSeconds, remaining, resetSeconds } = allowance
      void reply.header('RateLimit-Policy', `"key";q=${limit};w=${windowSeconds}`)
      void reply.header('RateLimit', `"key";r=${remaining};t=${resetSeconds}`)
      done(allowance.granted ? undefined : rateLimited(allowance))
    }
    const allowance = limiter.take(principal.keyId, cost)
    if (allowance instanceof Promise) allowance.then(tell, done)
    else tell(allowance)
  }
  server.addHook('onRequest', (request, reply, done) =>
    charge(request, reply, Math.min(costOfBody(request), limiter.limit), done),
  )
  server.addHook('preHandler', (request, reply, done) => {
    const cost = costOf(request)
    const { batch } = request.routeOptions.config
    if (batch !== undefined && cost > limiter.limit)
      return done(tooExpensive(batch.field, cost, limiter.limit))
    // A limit below what one thing costs allows one such thing per window.
    const charged = Math.min(costOfBody(request), limiter.limit)
    charge(request, reply, Math.max(0, Math.min(cost, limiter.limit) - charged), done)
  })
}

/** What a key is told that has used up its tokens: when to come back. */
export const rateLimited = ({ limit, windowSeconds, resetSeconds }: Allowance): AppError =>
  new AppError(
    'TOO_MANY_REQUESTS',
    {
      reason: 'rate_limited',
      limit,
      message: `The key has ${limit} tokens per ${windowSeconds} seconds, and too few of them are left for this request`,
    },
    { 'Retry-After': String(resetSeconds) },
  )

/** No time helps a batch that costs more than a whole window has. */
const tooExpensive = (field: string, cost: number, limit: number): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', {
    field,
    reason: 'over_rate_limit',
    limit,
    message: `Costs ${cost} tokens of the ${limit} that the key has per minute: send at most ${limit * EVENTS_PER_TOKEN} at once`,
  })
