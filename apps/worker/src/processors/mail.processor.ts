import { Processor, WorkerHost } from '@nestjs/bullmq'
import { type BeforeApplicationShutdown, Inject } from '@nestjs/common'
import { jobCatalog } from '#core'
import { OutboxService } from '#exports'

/** Sends what is due in the outbox, one mail after the other. */
@Processor(jobCatalog.mail.queue)
export class MailProcessor extends WorkerHost implements BeforeApplicationShutdown {
  constructor(@Inject(OutboxService) private readonly outbox: OutboxService) {
    super()
  }

  async process(): Promise<void> {
    while (await this.outbox.sendNext());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close()
  }
}
