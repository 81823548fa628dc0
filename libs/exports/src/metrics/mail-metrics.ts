import { Inject, Injectable } from '@nestjs/common'
import { type Counter, Metrics } from '#core'

/** What a scraper learns of the mails that this worker has tried to send. */
@Injectable()
export class MailMetrics {
  private readonly attempts: Counter<'kind' | 'outcome'>

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.attempts = metrics.counter({
      name: 'leadferry_mail_attempts_total',
      help: 'Tries at mails, by how they ended: sent, refused (for good), put_off, unavailable (no server) or held (by another)',
      labelNames: ['kind', 'outcome'],
    })
  }

  attempted(kind: string, outcome: string): void {
    this.attempts.inc({ kind, outcome })
  }
}
