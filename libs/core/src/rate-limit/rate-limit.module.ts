import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common'
import type { Config } from '../config/schema.js'
import { Database } from '../database/database.js'
import { createIdempotencyBudget, createRateLimiter } from './create.js'
import type { RateLimiter } from './rate-limiter.js'

/** Injection token of the rate limiter, which is null when there is no limit. */
export const RATE_LIMITER = Symbol('RATE_LIMITER')
/** Injection token of the limiter of the bytes that are kept for Idempotency-Keys, which is null when there is no limit. */
export const IDEMPOTENCY_BUDGET = Symbol('IDEMPOTENCY_BUDGET')

@Injectable()
class LimiterConnections implements OnApplicationShutdown {
  constructor(
    @Inject(RATE_LIMITER) private readonly limiter: RateLimiter | null,
    @Inject(IDEMPOTENCY_BUDGET) private readonly budget: RateLimiter | null,
  ) {}

  onApplicationShutdown(): void {
    this.limiter?.close()
    this.budget?.close()
  }
}

/** What each key may spend. */
@Module({})
export class RateLimitModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: RateLimitModule,
      providers: [
        {
          provide: RATE_LIMITER,
          inject: [Database],
          useFactory: ({ system }: Database) => createRateLimiter(config, system),
        },
        {
          provide: IDEMPOTENCY_BUDGET,
          inject: [Database],
          useFactory: ({ system }: Database) => createIdempotencyBudget(config, system),
        },
        LimiterConnections,
      ],
      exports: [RATE_LIMITER, IDEMPOTENCY_BUDGET],
    }
  }
}
