import { Module } from '@nestjs/common'
import { CONFIG, type Config, Mailer } from '#core'
import { BucketAudit } from './audit/bucket-audit.service.js'
import { BucketMetrics } from './metrics/bucket-metrics.js'
import { ClaimsService } from './claims/claims.service.js'
import { CleanupService } from './cleanup/cleanup.service.js'
import { ArchiveDaysService } from './daily-archives/archive-days.service.js'
import { DayBuilder } from './daily-archives/day-builder.js'
import { DayClaimsService } from './daily-archives/day-claims.service.js'
import { SliceBuilder } from './daily-archives/slice-builder.js'
import { MailClaimsService } from './mails/mail-claims.service.js'
import { OutboxService } from './mails/outbox.service.js'
import { ArchiveMetrics } from './metrics/archive-metrics.js'
import { ExportMetrics } from './metrics/export-metrics.js'
import { MailMetrics } from './metrics/mail-metrics.js'
import { QueueMetrics } from './metrics/queue-metrics.js'
import { ExportRunner } from './pipeline/export-runner.js'

/** Rendering, uploading, mailing and cleaning up: what only the worker does. */
@Module({
  providers: [
    ClaimsService,
    ExportRunner,
    MailClaimsService,
    OutboxService,
    CleanupService,
    BucketAudit,
    BucketMetrics,
    ArchiveMetrics,
    ExportMetrics,
    MailMetrics,
    QueueMetrics,
    ArchiveDaysService,
    DayClaimsService,
    SliceBuilder,
    DayBuilder,
    { provide: Mailer, useFactory: (config: Config) => new Mailer(config), inject: [CONFIG] },
  ],
  exports: [
    ClaimsService,
    ExportRunner,
    MailClaimsService,
    OutboxService,
    CleanupService,
    BucketAudit,
    ArchiveDaysService,
    DayClaimsService,
    DayBuilder,
  ],
})
export class ExportWorkModule {}
