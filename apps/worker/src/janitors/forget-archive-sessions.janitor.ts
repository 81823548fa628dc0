import { Inject, Injectable } from '@nestjs/common'
import { SessionsService } from '#tenancy'
import type { Janitor } from './janitor.js'

/** Forgets sessions of the archive pages that have expired. */
@Injectable()
export class ForgetArchiveSessionsJanitor implements Janitor {
  readonly name = 'forget-archive-sessions'
  readonly pace = 'hourly'

  constructor(@Inject(SessionsService) private readonly sessions: SessionsService) {}

  run(): Promise<number> {
    return this.sessions.forgetExpired()
  }
}
