import { Processor, WorkerHost } from '@nestjs/bullmq'
import { Inject, type OnApplicationBootstrap } from '@nestjs/common'
import { jobCatalog } from '#core'
import { OutboxService } from '#exports'
import type { Drainable } from '../drainable.js'
import { Runs } from './runs.js'

/** One that stalls takes up its place for as long as the mail server's timeouts allow; the others go on. */
const MAILS_AT_ONCE = 4

/** Sends what is due in the outbox, a few mails at once. */
@Processor(jobCatalog.mail.queue, { autorun: false })
export class MailProcessor extends WorkerHost implements OnApplicationBootstrap, Drainable {
  private readonly runs = new Runs(MailProcessor.name)

  constructor(@Inject(OutboxService) private readonly outbox: OutboxService) {
    super()
  }

  onApplicationBootstrap(): void {
    this.worker.concurrency = MAILS_AT_ONCE
  }

  process(): Promise<void> {
    return this.runs.begin(async () => {
      while (!this.runs.isClosed && (await this.outbox.sendNext()) !== null);
    })
  }

  /** Begins no more mails, lets those under way end until the deadline, then hands them back. */
  async drain(deadline: AbortSignal): Promise<void> {
    deadline.addEventListener('abort', () => this.outbox.drain())
    await this.runs.end(this.worker)
  }
}
