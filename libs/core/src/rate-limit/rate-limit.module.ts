import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common'
import type { Config } from '../config/schema.js'
import { Database } from '../database/database.js'
import { createRateLimiter } from './create.js'
import type { RateLimiter } from './rate-limiter.js'

/** Injection token of the rate limiter, which is null when there is no limit. */
export const RATE_LIMITER = Symbol('RATE_LIMITER')

@Injectable()
class RateLimiterConnection implements OnApplicationShutdown {
  constructor(@Inject(RATE_LIMITER) private readonly limiter: RateLimiter | null) {}

  onApplicationShutdown(): void {
    this.limiter?.close()
  }
}

/** The limit on requests per key. */
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
        RateLimiterConnection,
      ],
      exports: [RATE_LIMITER],
    }
  }
}
