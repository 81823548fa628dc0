import { LRUCache } from 'lru-cache'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'

/** The answer to one request of a key. */
export interface Allowance {
  granted: boolean
  /** Tokens per window. */
  limit: number
  windowSeconds: number
  /** Tokens that are left in this window, as far as this process knows. */
  remaining: number
  /** Whole seconds until the window ends, at least 1. */
  resetSeconds: number
}

/** Tokens of a key's window that were taken from the store together, to be given out here. */
interface Lease {
  tokens: number
  /** What the store still had for others, and for the next lease. */
  left: number
  /** End of the window, in milliseconds as Date.now() counts. */
  until: number
}

/** An unused lease is lost to other processes: small enough not to matter, large enough to spare the store. */
const LEASE_SHARE = 100
const MOST_LEASED = 1000
const MOST_KEYS = 100_000

/**
 * Counts the tokens that each key spends, over all processes. Tokens are leased from the store in batches of a hundredth of
 * the limit (1,000 at most): a row per key that every request writes would cap PostgreSQL at 5,000 a second. The next
 * batch is on its way when half of one is used, so that no request waits for the store but a window's first, and one that
 * costs more than is leased. No process ever grants more than the store gave it, so the limit holds exactly; a process that
 * stops asking keeps at most a batch and a half from the others until the window ends, or what a request that was too
 * expensive for the rest of the window has left.
 */
export class RateLimiter {
  private readonly leases = new LRUCache<string, Lease>({ max: MOST_KEYS })
  private readonly renewals = new Map<string, Promise<Lease>>()
  private readonly batch: number

  /**
   * @param store whose points are the limit and whose duration, in seconds, is the window
   * @param close ends what the store stands on
   */
  constructor(
    private readonly store: RateLimiterAbstract,
    readonly close: () => void = () => undefined,
  ) {
    this.batch = Math.max(1, Math.min(MOST_LEASED, Math.floor(store.points / LEASE_SHARE)))
  }

  /** Tokens per window. */
  get limit(): number {
    return this.store.points
  }

  /**
   * Takes all tokens that a request costs, or none of them; at once while the lease lasts.
   * @param cost more than the limit is never granted
   */
  take(key: string, cost = 1): Allowance | Promise<Allowance> {
    const lease = this.leases.get(key)
    const allowance = lease === undefined ? undefined : this.takeOf(lease, cost)
    if (lease === undefined || allowance === undefined) return this.takeOfNext(key, cost)
    // A store that fails now is heard of when the lease is used up.
    if (lease.left > 0 && lease.tokens < this.batch / 2) void this.renew(key, 0).catch(() => undefined)
    return allowance
  }

  private async takeOfNext(key: string, cost: number): Promise<Allowance> {
    for (;;) {
      const allowance = this.takeOf(await this.renew(key, cost), cost)
      if (allowance !== undefined) return allowance
    }
  }

  /** undefined when the lease can tell no more: its window has ended, or another one is to be had. */
  private takeOf(lease: Lease, cost: number): Allowance | undefined {
    const now = Date.now()
    const granted = lease.tokens >= cost
    if (lease.until <= now || (!granted && lease.left > 0)) return undefined
    if (granted) lease.tokens -= cost
    return this.allowance(granted, lease, now)
  }

  /** Requests that find a lease used up at the same time wait for one and the same new one. @param cost of the one that asks */
  private renew(key: string, cost: number): Promise<Lease> {
    const underWay = this.renewals.get(key)
    if (underWay !== undefined) return underWay
    const renewal = this.lease(key, cost).finally(() => this.renewals.delete(key))
    this.renewals.set(key, renewal)
    return renewal
  }

  private async lease(key: string, cost: number): Promise<Lease> {
    const { tokens: leased = 0, until: end = 0 } = this.leases.get(key) ?? {}
    const missing = end > Date.now() ? cost - leased : cost
    const batch = Math.max(this.batch, Math.min(missing, this.store.points))
    const taken = await this.store.consume(key, batch).catch(refusal)
    const over = Math.max(0, taken.consumedPoints - this.store.points)
    const until = Date.now() + taken.msBeforeNext
    const tokens = Math.max(0, batch - over) + this.takeUnused(key, until)
    const lease = { tokens, left: taken.remainingPoints, until }
    this.leases.set(key, lease)
    return lease
  }

  /** What the lease before has left of the window that ends at `until`; an earlier window ends a whole one earlier. */
  private takeUnused(key: string, until: number): number {
    const before = this.leases.get(key)
    if (before === undefined || until - before.until >= 500 * this.store.duration) return 0
    const { tokens } = before
    before.tokens = 0
    return tokens
  }

  private allowance(granted: boolean, { tokens, left, until }: Lease, now: number): Allowance {
    const resetSeconds = Math.max(1, Math.ceil((until - now) / 1000))
    const { points: limit, duration: windowSeconds } = this.store
    return { granted, limit, windowSeconds, remaining: tokens + left, resetSeconds }
  }
}

/** The library rejects with the counts when there are not enough points, and with an Error when the store failed. */
function refusal(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason
  throw reason
}
