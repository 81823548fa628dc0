import { type DynamicModule, Module } from '@nestjs/common'
import { DiscoveryModule } from '@nestjs/core'
import { type Config, CoreModule, type Foundation, QueuesModule } from '#core'
import { ExportWorkModule } from '#exports'
import { BootCheck } from './boot-check.js'
import { JanitorsModule } from './janitors/janitors.module.js'
import { processorsOf } from './processors/all.js'

/** A process that does the work the gateway accepted. */
@Module({})
export class WorkerModule {
  static forRoot(config: Config, foundation: () => Foundation): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        DiscoveryModule,
        CoreModule.forRoot(config, foundation),
        QueuesModule.forRoot(config, 'consumer'),
        ExportWorkModule,
        JanitorsModule,
      ],
      providers: [BootCheck, ...processorsOf(config)],
    }
  }
}
