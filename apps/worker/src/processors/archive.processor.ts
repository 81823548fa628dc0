import { Processor, WorkerHost } from '@nestjs/bullmq'
import { type BeforeApplicationShutdown, Inject } from '@nestjs/common'
import { CONFIG, type Config, jobCatalog, Waker } from '#core'
import { DayBuilder, DayClaimsService } from '#exports'

/** Builds the daily archives of the newest day that is due, one day at a time: nobody waits for them as for an export. */
@Processor(jobCatalog.archive.queue)
export class ArchiveProcessor extends WorkerHost implements BeforeApplicationShutdown {
  constructor(
    @Inject(DayBuilder) private readonly builder: DayBuilder,
    @Inject(DayClaimsService) private readonly claims: DayClaimsService,
    @Inject(Waker) private readonly waker: Waker,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super()
  }

  async process(): Promise<void> {
    if ((await this.builder.buildNext()) === null) return
    const [next] = await this.claims.due(1)
    if (next !== undefined) await this.waker.wake('archive', { id: next })
  }

  /** Takes no more days, lets the one under way end within DRAIN_SECONDS, then hands it back. */
  async beforeApplicationShutdown(): Promise<void> {
    const timer = setTimeout(() => this.builder.drain(), this.config.DRAIN_SECONDS * 1000)
    await this.worker.close()
    clearTimeout(timer)
  }
}
