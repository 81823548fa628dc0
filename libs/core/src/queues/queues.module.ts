import { BullModule, getQueueToken } from '@nestjs/bullmq'
import { type DynamicModule, Injectable, Module, type OnModuleInit } from '@nestjs/common'
import { ModuleRef } from '@nestjs/core'
import type { Queue } from 'bullmq'
import type { Config } from '../config/schema.js'
import { queueBackend, queueOptions, type QueueRole } from './backend.js'
import { queueNames } from './catalog.js'
import { tellErrors } from './tell-errors.js'
import { Waker } from './waker.js'

@Injectable()
class QueueErrors implements OnModuleInit {
  constructor(private readonly modules: ModuleRef) {}

  onModuleInit(): void {
    for (const name of queueNames) tellErrors(this.modules.get<Queue>(getQueueToken(name), { strict: false }))
  }
}

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
      providers: [Waker, QueueErrors],
      exports: [Waker, BullModule],
    }
  }
}
