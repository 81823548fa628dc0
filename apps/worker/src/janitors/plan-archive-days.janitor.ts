import { Inject, Injectable } from '@nestjs/common'
import { ArchiveDaysService } from '#exports'
import type { Janitor } from './janitor.js'

/** Has every day that ended archived, those missed while no worker ran too, and anew what came in late for one. */
@Injectable()
export class PlanArchiveDaysJanitor implements Janitor {
  readonly name = 'plan-archive-days'
  readonly pace = 'everyRound'

  constructor(@Inject(ArchiveDaysService) private readonly days: ArchiveDaysService) {}

  run(): Promise<number> {
    return this.days.plan()
  }
}
