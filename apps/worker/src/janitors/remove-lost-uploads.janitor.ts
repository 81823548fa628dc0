import { Inject, Injectable } from '@nestjs/common'
import { CleanupService } from '#exports'
import type { Janitor } from './janitor.js'

/** Removes objects and uploads of attempts that were lost, cancelled or expired. */
@Injectable()
export class RemoveLostUploadsJanitor implements Janitor {
  readonly name = 'remove-lost-uploads'
  readonly pace = 'everyRound'

  constructor(@Inject(CleanupService) private readonly cleanup: CleanupService) {}

  run(signal: AbortSignal): Promise<number> {
    return this.cleanup.removeLostUploads(signal)
  }
}
