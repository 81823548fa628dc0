import {
  type DynamicModule,
  Global,
  Inject,
  Injectable,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common'
import type { Config } from './config/schema.js'
import { CONFIG } from './config/token.js'
import { Database } from './database/database.js'
import { PoolMetrics } from './database/pool-metrics.js'
import type { Foundation } from './foundation.js'
import { MetricsServer } from './metrics/metrics-server.js'
import { Metrics } from './metrics/metrics.js'
import { ObjectStore } from './storage/object-store.js'

@Injectable()
class Connections implements OnApplicationShutdown {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ObjectStore) private readonly store: ObjectStore,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.store.close()
    await this.database.close()
  }
}

/** What every feature stands on: configuration, database, object store. */
@Global()
@Module({})
export class CoreModule {
  /** @param foundation is asked when the module is made, and not for a preview of it */
  static forRoot(config: Config, foundation: () => Foundation): DynamicModule {
    return {
      module: CoreModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Database, useFactory: () => foundation().database },
        { provide: ObjectStore, useFactory: () => foundation().store },
        Metrics,
        PoolMetrics,
        MetricsServer,
        Connections,
      ],
      exports: [CONFIG, Database, ObjectStore, Metrics],
    }
  }
}
