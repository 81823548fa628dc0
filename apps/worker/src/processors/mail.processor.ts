import { Processor, WorkerHost } from '@nestjs/bullmq'
import { Inject } from '@nestjs/common'
import { aborted, jobCatalog } from '#core'
import { OutboxService } from '#exports'
import type { Drainable } from '../drainable.js'
import { Runs } from './runs.js'

/** Sends what is due in the outbox, one mail after the other. */
@Processor(jobCatalog.mail.queue, { autorun: false })
export class MailProcessor extends WorkerHost implements Drainable {
  private readonly runs = new Runs(MailProcessor.name)

  constructor(@Inject(OutboxService) private readonly outbox: OutboxService) {
    super()
  }

  process(): Promise<void> {
    return this.runs.begin(async () => {
      while (!this.runs.isClosed && (await this.outbox.sendNext()));
    })
  }

  /** Begins no more mails. One that the server has not taken by the deadline is sent again when its lease is over. */
  async drain(deadline: AbortSignal): Promise<void> {
    await Promise.race([this.runs.end(this.worker), aborted(deadline)])
  }
}
