import {
  type DynamicModule,
  Global,
  Inject,
  Injectable,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common'
import type { Config } from './config/schema.js'
import { type ConnectionTerms, Database, type Entities } from './database/database.js'
import { ObjectStore } from './storage/object-store.js'

/** Injection token of the checked configuration. */
export const CONFIG = Symbol('CONFIG')

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
  static forRoot(config: Config, entities: Entities, terms?: ConnectionTerms): DynamicModule {
    return {
      module: CoreModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Database, useFactory: () => Database.connect(config, entities, terms) },
        { provide: ObjectStore, useFactory: () => new ObjectStore(config) },
        Connections,
      ],
      exports: [CONFIG, Database, ObjectStore],
    }
  }
}
