import { Inject, Injectable } from '@nestjs/common'
import { MonthsService } from '#leads'
import type { Janitor } from './janitor.js'

/** Drops the partitions of months that hold no rows: each one costs every list without a time filter. */
@Injectable()
export class DropEmptyMonthsJanitor implements Janitor {
  readonly name = 'drop-empty-months'
  readonly pace = 'hourly'

  constructor(@Inject(MonthsService) private readonly months: MonthsService) {}

  run(signal: AbortSignal): Promise<number> {
    return this.months.dropEmpty(signal)
  }
}
