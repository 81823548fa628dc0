import { Injectable } from '@nestjs/common'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

const FAILURES = 20
const WINDOW_SECONDS = 60

/**
 * How often an address may fail to log in. An attempt is paid for before its token is looked at, and given back
 * when the token was right, so that many at once gain nothing and a refusal tells nothing of any token. It counts the
 * address of the connection, which no header can pretend to be, or what a balancer of TRUSTED_PROXIES tells: behind one
 * that is not named, that is everyone who is about to log in, for a minute at most; who is logged in already is not
 * held up. Each gateway counts for itself, because strangers should not make the database write.
 */
@Injectable()
export class LoginAttempts {
  private readonly failures = new RateLimiterMemory({ points: FAILURES, duration: WINDOW_SECONDS })

  /** @returns whole seconds to wait for, 0 when the attempt may be made */
  async take(address: string): Promise<number> {
    try {
      await this.failures.consume(address)
      return 0
    } catch (reason) {
      if (reason instanceof RateLimiterRes) return Math.max(1, Math.ceil(reason.msBeforeNext / 1000))
      throw reason
    }
  }

  async giveBack(address: string): Promise<void> {
    await this.failures.reward(address)
  }
}
