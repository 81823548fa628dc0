import { ArchiveFile } from './archive/archive-file.entity.js'
import { Export } from './export.entity.js'

export { isArchiveFolder, isArchiveName } from './archive/archive-name.js'
export type { ArchiveEntry } from './archive/archive-entry.js'
export { ArchiveService } from './archive/archive.service.js'
export { ClaimsService } from './claims/claims.service.js'
export { CleanupService } from './cleanup/cleanup.service.js'
export { downloadToken, exportIdOf, isValidToken } from './download-links.js'
export type { ExportOptions } from './export.entity.js'
export { type ExportState, exportStates, isFinal } from './export.states.js'
export { ExportWorkModule } from './export-work.module.js'
export { ExportsModule } from './exports.module.js'
export { type ExportRequest, ExportsService } from './exports.service.js'
export { type FormatName, formatNames } from './formats/format.js'
export { OutboxService } from './mails/outbox.service.js'
export { ExportRunner } from './pipeline/export-runner.js'
export { escapeHtml, presenter } from './present.js'
export type { FailureReason } from './reasons.js'

export { ArchiveFile, Export }
export const exportEntities = [Export, ArchiveFile]
