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

/** Injection token of what every queue of this process is made with. */
const QUEUE_OPTIONS = Symbol('QUEUE_OPTIONS')

@Injectable()
class Connections implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(ModuleRef) private readonly modules: ModuleRef,
    @Inject(QUEUE_OPTIONS) private readonly options: QueueOptions,
  ) {}

  onModuleInit(): void {
    for (const name of queueNames) tellErrors(this.modules.get<Queue>(getQueueToken(name), { strict: false }))
  }

  /** A connection that BullMQ was given, and did not make, it leaves open. */
  onApplicationShutdown(): void {
    const { connection } = this.options
    if (connection instanceof Cluster) connection.disconnect()
  }
}

/** The queues of the catalog, on the backend that the configuration names. */
@Module({})
export class QueuesModule {
  static forRoot(config: Config, role: QueueRole): DynamicModule {
    const options = queueOptions(config, role)
    return {
      module: QueuesModule,
      global: true,
      imports: [
        BullModule.forRoot(options),
        BullModule.registerQueue(...queueNames.map((name) => ({ name, forceDisconnectOnShutdown: true }))),
      ],
      providers: [Waker, Connections, { provide: QUEUE_OPTIONS, useValue: options }],
      exports: [Waker, BullModule],
    }
  }
}
