import { Processor, WorkerHost } from '@nestjs/bullmq'
import { type BeforeApplicationShutdown, Inject, type OnApplicationBootstrap } from '@nestjs/common'
import { CONFIG, type Config, jobCatalog } from '#core'
import { OutboxService } from '#exports'

/** One that stalls takes up its place for as long as the mail server's timeouts allow; the others go on. */
const MAILS_AT_ONCE = 4

/** Sends what is due in the outbox, a few mails at once. */
@Processor(jobCatalog.mail.queue)
export class MailProcessor extends WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private closing = false

  constructor(
    @Inject(OutboxService) private readonly outbox: OutboxService,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super()
  }

  onApplicationBootstrap(): void {
    this.worker.concurrency = MAILS_AT_ONCE
  }

  async process(): Promise<void> {
    while (!this.closing && (await this.outbox.sendNext()) !== null);
  }

  /** Takes no more mails, lets those under way end within DRAIN_SECONDS, then hands them back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true
    const timer = setTimeout(() => this.outbox.drain(), this.config.DRAIN_SECONDS * 1000)
    await this.worker.close()
    clearTimeout(timer)
  }
}
