import { Inject, Injectable } from '@nestjs/common'
import { ClaimsService } from '#exports'
import type { Janitor } from './janitor.js'

/** Fails exports that took their worker down too often; the mail that says so is announced by its own janitor. */
@Injectable()
export class FailLostExportsJanitor implements Janitor {
  readonly name = 'fail-lost-exports'
  readonly pace = 'everyRound'

  constructor(@Inject(ClaimsService) private readonly claims: ClaimsService) {}

  async run(): Promise<number> {
    return (await this.claims.failLost()).length
  }
}
