import type { RepeatableSql } from '#core'
import { ArchiveFile } from './archive/archive-file.entity.js'
import { exportClaimFunctions } from './claims/claim-export.sql.js'
import { dayClaimFunctions } from './daily-archives/claim-day.sql.js'
import { publishDay } from './daily-archives/publish-day.sql.js'
import { Export } from './export.entity.js'

export { downloadName, isArchiveFolder, isArchiveName } from './archive/archive-name.js'
export type { ArchiveEntry } from './archive/archive-entry.js'
export { ArchiveService, MAX_LINK_SECONDS } from './archive/archive.service.js'
export { BucketAudit } from './audit/bucket-audit.service.js'
export { ClaimsService } from './claims/claims.service.js'
export { CleanupService } from './cleanup/cleanup.service.js'
export { ArchiveDaysService } from './daily-archives/archive-days.service.js'
export { DayBuilder } from './daily-archives/day-builder.js'
export { DayClaimsService } from './daily-archives/day-claims.service.js'
export { SliceBuilder } from './daily-archives/slice-builder.js'
export { type DayRange, MAX_DAYS } from './daily-archives/day-range.js'
export {
  type DeadLetter,
  type DeadLetterFilter,
  type DeadLetterKind,
  deadLetterKinds,
  type DeadLetterReason,
  deadLetterReasons,
} from './dead-letters/dead-letter.js'
export { DeadLettersService, type Replayed } from './dead-letters/dead-letters.service.js'
export { downloadToken, readDownloadToken } from './download-links.js'
export { type ExportState, exportStates } from './export.states.js'
export { type EndedExports, ExportFilesService } from './files/export-files.service.js'
export { type AlsoEnds, KeyRevocationService } from './files/key-revocation.service.js'
export { ExportWorkModule } from './export-work.module.js'
export { ExportsModule } from './exports.module.js'
export { type ExportRequest, ExportsService } from './exports.service.js'
export { type FormatName, formatNames } from './formats/format.js'
export { MailClaimsService } from './mails/mail-claims.service.js'
export { OutboxService } from './mails/outbox.service.js'
export { ArchiveMetrics } from './metrics/archive-metrics.js'
export { queueDepths } from './metrics/queue-depths.js'
export { ExportRunner } from './pipeline/export-runner.js'
export { readInOrder } from './pipeline/snapshot.js'
export { escapeHtml, presenter } from './present.js'
export { type FailureReason, failureReasons } from './reasons.js'

export { ArchiveFile, Export }
export const exportEntities = [Export, ArchiveFile]

/** SQL functions of exports and archives, see `RepeatableSql`. */
export const exportFunctions: readonly RepeatableSql[] = [
  ...exportClaimFunctions,
  ...dayClaimFunctions,
  publishDay,
]
