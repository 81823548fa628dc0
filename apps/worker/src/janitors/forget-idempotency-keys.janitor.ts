import { Inject, Injectable } from '@nestjs/common'
import { CleanupService } from '#exports'
import type { Janitor } from './janitor.js'

/** Forgets Idempotency-Keys after their 24 hours. */
@Injectable()
export class ForgetIdempotencyKeysJanitor implements Janitor {
  readonly name = 'forget-idempotency-keys'
  readonly pace = 'hourly'

  constructor(@Inject(CleanupService) private readonly cleanup: CleanupService) {}

  run(): Promise<number> {
    return this.cleanup.forgetIdempotencyKeys()
  }
}
