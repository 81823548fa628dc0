import { Inject, Injectable } from '@nestjs/common'
import { Waker } from '#core'
import { ClaimsService, OutboxService } from '#exports'
import type { Janitor } from './janitor.js'

/** More would only fill the queue: every export that ends announces the next one itself. */
const AT_ONCE = 20

/** Announces exports and mails that are due and that no message told of, or whose worker was lost. */
@Injectable()
export class AnnounceDueWorkJanitor implements Janitor {
  readonly name = 'announce-due-work'

  constructor(
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(OutboxService) private readonly outbox: OutboxService,
    @Inject(Waker) private readonly waker: Waker,
  ) {}

  async run(): Promise<number> {
    const exports = await this.claims.due(AT_ONCE)
    const mails = await this.outbox.due(AT_ONCE)
    for (const id of exports) await this.waker.wake('exports', { id })
    for (const id of mails) await this.waker.wake('mail', { id })
    return exports.length + mails.length
  }
}
