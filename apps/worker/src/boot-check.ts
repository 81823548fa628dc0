import { WorkerHost } from '@nestjs/bullmq'
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { DiscoveryService } from '@nestjs/core'
import { CONFIG, type Config, jobCatalog } from '#core'

/** Refuses to start when a queue that the worker serves has no processor, or two: a forgotten one would be silent. */
@Injectable()
export class BootCheck implements OnModuleInit {
  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(CONFIG) private readonly config: Pick<Config, 'WORKER_QUEUES'>,
  ) {}

  onModuleInit(): void {
    const served = this.discovery
      .getProviders()
      .map(({ instance }) => instance as unknown)
      .filter((instance) => instance instanceof WorkerHost)
      .map((processor) => queueOf(processor))
    for (const name of this.config.WORKER_QUEUES) {
      const count = served.filter((queue) => queue === jobCatalog[name].queue).length
      if (count !== 1) throw new Error(`the queue "${name}" has ${count} processors in the worker, not one`)
    }
  }
}

function queueOf(processor: object): string | undefined {
  const metadata = Reflect.getMetadata('bullmq:processor_metadata', processor.constructor) as
    { name?: string } | undefined
  return metadata?.name
}
