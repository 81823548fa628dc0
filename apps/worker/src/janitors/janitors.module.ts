import { Module } from '@nestjs/common'
import { ExportWorkModule } from '#exports'
import { LeadsModule } from '#leads'
import { TenancyModule } from '#tenancy'
import { AnnounceDueWorkJanitor } from './announce-due-work.janitor.js'
import { CompareBucketAndIndexJanitor } from './compare-bucket-and-index.janitor.js'
import { DropEmptyMonthsJanitor } from './drop-empty-months.janitor.js'
import { ExpireFilesJanitor } from './expire-files.janitor.js'
import { FailLostExportsJanitor } from './fail-lost-exports.janitor.js'
import { ForgetArchiveSessionsJanitor } from './forget-archive-sessions.janitor.js'
import { ForgetEventIdsJanitor } from './forget-event-ids.janitor.js'
import { ForgetIdempotencyKeysJanitor } from './forget-idempotency-keys.janitor.js'
import { JanitorBook } from './janitor-book.js'
import { JanitorMetrics } from './janitor-metrics.js'
import type { Janitor } from './janitor.js'
import { MakeMonthPartitionsJanitor } from './make-month-partitions.janitor.js'
import { PlanArchiveDaysJanitor } from './plan-archive-days.janitor.js'
import { RemoveLostUploadsJanitor } from './remove-lost-uploads.janitor.js'
import { JANITORS, Sweeper } from './sweeper.js'

/** In the order they work: what fails an export comes before what announces its mail, what plans days before what announces them. */
const duties = [
  FailLostExportsJanitor,
  PlanArchiveDaysJanitor,
  AnnounceDueWorkJanitor,
  ExpireFilesJanitor,
  RemoveLostUploadsJanitor,
  ForgetIdempotencyKeysJanitor,
  ForgetArchiveSessionsJanitor,
  ForgetEventIdsJanitor,
  MakeMonthPartitionsJanitor,
  DropEmptyMonthsJanitor,
  CompareBucketAndIndexJanitor,
]

@Module({
  imports: [ExportWorkModule, LeadsModule, TenancyModule],
  providers: [
    ...duties,
    { provide: JANITORS, useFactory: (...janitors: Janitor[]) => janitors, inject: duties },
    JanitorBook,
    JanitorMetrics,
    Sweeper,
  ],
})
export class JanitorsModule {}
