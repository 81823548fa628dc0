import { Inject, Injectable } from '@nestjs/common'
import { MonthsService } from '#leads'
import type { Janitor } from './janitor.js'

/** Makes the partitions of the months to come, so that no batch of events has to wait for one. */
@Injectable()
export class MakeMonthPartitionsJanitor implements Janitor {
  readonly name = 'make-month-partitions'
  readonly pace = 'hourly'

  constructor(@Inject(MonthsService) private readonly months: MonthsService) {}

  run(): Promise<number> {
    return this.months.prepare()
  }
}
