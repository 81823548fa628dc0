import { Inject, Injectable } from '@nestjs/common'
import { CleanupService } from '#exports'
import type { Janitor } from './janitor.js'

/** Ends files that were kept for as long as the workspace keeps files. */
@Injectable()
export class ExpireFilesJanitor implements Janitor {
  readonly name = 'expire-files'
  readonly pace = 'everyRound'

  constructor(@Inject(CleanupService) private readonly cleanup: CleanupService) {}

  run(): Promise<number> {
    return this.cleanup.expireFiles()
  }
}
