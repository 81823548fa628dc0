import { Global, Module } from '@nestjs/common'
import { ArchiveService } from './archive/archive.service.js'
import { ArchiveDaysService } from './daily-archives/archive-days.service.js'
import { DeadLettersService } from './dead-letters/dead-letters.service.js'
import { ExportsService } from './exports.service.js'
import { QueueMetrics } from './metrics/queue-metrics.js'

/** Accepting exports and builds, and finding their files: what the gateway needs. The worker adds the pipeline. */
@Global()
@Module({
  providers: [ExportsService, ArchiveService, ArchiveDaysService, DeadLettersService, QueueMetrics],
  exports: [ExportsService, ArchiveService, ArchiveDaysService, DeadLettersService],
})
export class ExportsModule {}
