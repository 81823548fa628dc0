import { BullModule } from '@nestjs/bullmq'
import { type DynamicModule, Module } from '@nestjs/common'
import type { Config } from '../config/schema.js'
import { queueBackend, queueOptions, type QueueRole } from './backend.js'
import { queueNames } from './catalog.js'
import { Waker } from './waker.js'

/** The queues of the catalog, on the backend that the configuration names. */
@Module({})
export class QueuesModule {
  static forRoot(config: Config, role: QueueRole): DynamicModule {
    return {
      module: QueuesModule,
      global: true,
      imports: [
        BullModule.forRoot(queueOptions(queueBackend(config), role)),
        BullModule.registerQueue(...queueNames.map((name) => ({ name, forceDisconnectOnShutdown: true }))),
      ],
      providers: [Waker],
      exports: [Waker, BullModule],
    }
  }
}
