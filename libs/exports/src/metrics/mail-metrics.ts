import { Inject, Injectable } from '@nestjs/common'
import { type Counter, Metrics } from '#core'
import { type MailKind, mailKinds } from '../mails/mail-kind.js'

const outcomes = ['sent', 'refused', 'put_off', 'unavailable', 'held'] as const

/** How a try at a mail ended; `held` when another took it over, or the worker shuts down. */
export type MailOutcome = (typeof outcomes)[number]

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
    // A series that is born with its first failure never grows: no alert would see that one.
    for (const kind of mailKinds) for (const outcome of outcomes) this.attempts.inc({ kind, outcome }, 0)
  }

  attempted(kind: MailKind, outcome: MailOutcome): void {
    this.attempts.inc({ kind, outcome })
  }
}
