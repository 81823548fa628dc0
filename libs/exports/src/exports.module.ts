import { Global, Module } from '@nestjs/common'
import { ArchiveService } from './archive/archive.service.js'
import { CleanupService } from './cleanup/cleanup.service.js'
import { ArchiveDaysService } from './daily-archives/archive-days.service.js'
import { DeadLettersService } from './dead-letters/dead-letters.service.js'
import { ExportsService } from './exports.service.js'
import { ExportFilesService } from './files/export-files.service.js'
import { KeyRevocationService } from './files/key-revocation.service.js'
import { QueueMetrics } from './metrics/queue-metrics.js'

/** Accepting exports and builds, and finding their files: what the gateway needs. The worker adds the pipeline. */
@Global()
@Module({
  providers: [
    ExportsService,
    ExportFilesService,
    KeyRevocationService,
    CleanupService,
    ArchiveService,
    ArchiveDaysService,
    DeadLettersService,
    QueueMetrics,
  ],
  exports: [
    ExportsService,
    ExportFilesService,
    KeyRevocationService,
    ArchiveService,
    ArchiveDaysService,
    DeadLettersService,
  ],
})
export class ExportsModule {}
