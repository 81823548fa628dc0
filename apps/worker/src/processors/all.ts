import { ArchiveProcessor } from './archive.processor.js'
import { ExportProcessor } from './export.processor.js'
import { MailProcessor } from './mail.processor.js'

/** One per queue of the catalog. */
export const processors = [ExportProcessor, MailProcessor, ArchiveProcessor] as const
