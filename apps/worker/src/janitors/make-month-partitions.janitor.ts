import { Inject, Injectable } from '@nestjs/common'
import { IngestService } from '#leads'
import type { Janitor } from './janitor.js'

/** Makes the partitions of the months to come, so that no batch of events has to wait for one. */
@Injectable()
export class MakeMonthPartitionsJanitor implements Janitor {
  readonly name = 'make-month-partitions'
  readonly pace = 'hourly'

  constructor(@Inject(IngestService) private readonly ingest: IngestService) {}

  run(): Promise<number> {
    return this.ingest.prepareMonths()
  }
}
