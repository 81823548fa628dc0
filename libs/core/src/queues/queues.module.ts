import { BullModule, getQueueToken } from '@nestjs/bullmq'
import {
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common'
import { ModuleRef } from '@nestjs/core'
import type { Queue, QueueOptions } from 'bullmq'
import { Cluster } from 'ioredis'
import type { Config } from '../config/schema.js'
import { queueOptions } from './backend.js'
import { queueNames } from './catalog.js'
import type { QueueRole } from './redis-url.js'
import { tellErrors } from './tell-errors.js'
import { Waker } from './waker.js'

/** Injection token of what the queues, and the workers, of this process are made with. */
const OPTIONS = Symbol('OPTIONS')

@Injectable()
class Connections implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(ModuleRef) private readonly modules: ModuleRef,
    @Inject(OPTIONS) private readonly options: readonly QueueOptions[],
  ) {}

  onModuleInit(): void {
    for (const name of queueNames) tellErrors(this.modules.get<Queue>(getQueueToken(name), { strict: false }))
  }

  /** A connection that BullMQ was given, and did not make, it leaves open. */
  onApplicationShutdown(): void {
    for (const { connection } of this.options) if (connection instanceof Cluster) connection.disconnect()
  }
}

/** The queues of the catalog, on the backend that the configuration names. */
@Module({})
export class QueuesModule {
  static forRoot(config: Config, role: QueueRole): DynamicModule {
    const options = queueOptions(config, role)
    // Whoever announces is not kept waiting, nor are messages kept for a queue that is away: also not in a worker.
    const toAnnounce = role === 'producer' ? options : queueOptions(config, 'producer')
    return {
      module: QueuesModule,
      global: true,
      imports: [
        BullModule.forRoot(options),
        BullModule.registerQueue(
          ...queueNames.map((name) => ({ name, ...toAnnounce, forceDisconnectOnShutdown: true })),
        ),
      ],
      providers: [Waker, Connections, { provide: OPTIONS, useValue: [options, toAnnounce] }],
      exports: [Waker, BullModule],
    }
  }
}
