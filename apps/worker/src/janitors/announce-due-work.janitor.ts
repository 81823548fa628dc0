import { Inject, Injectable } from '@nestjs/common'
import { Waker } from '#core'
import { ClaimsService, DayClaimsService, MailClaimsService } from '#exports'
import type { Janitor } from './janitor.js'

/** More would only fill the queue: every export or day that ends announces the next one itself. */
const AT_ONCE = 20
/** A worker builds one slice of a day at a time. */
const DAYS_AT_ONCE = 4

/** Announces exports, mails and days to archive that are due and that no message told of, or whose worker was lost. */
@Injectable()
export class AnnounceDueWorkJanitor implements Janitor {
  readonly name = 'announce-due-work'
  readonly pace = 'everyRound'

  constructor(
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(MailClaimsService) private readonly mails: MailClaimsService,
    @Inject(DayClaimsService) private readonly days: DayClaimsService,
    @Inject(Waker) private readonly waker: Waker,
  ) {}

  async run(): Promise<number> {
    const exports = await this.claims.due(AT_ONCE)
    const mails = await this.mails.due(AT_ONCE)
    const days = await this.days.due(DAYS_AT_ONCE)
    for (const id of exports) await this.waker.wake('exports', { id })
    for (const id of mails) await this.waker.wake('mail', { id })
    for (const id of days) await this.waker.wake('archive', { id })
    return exports.length + mails.length + days.length
  }
}
