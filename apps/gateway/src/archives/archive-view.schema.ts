import { z } from 'zod'
import { formatNames, isArchiveFolder, isArchiveName } from '#exports'
import { cursorField, requiredText, text } from '../http/fields.js'

/** What a page shows is all in its address, so that it can be kept and sent to a colleague. */
export const archiveViewQuery = z.object({
  format: z.enum(formatNames, `Must be one of ${formatNames.join(', ')}`).default('csv'),
  folder: text(512).refine(isArchiveFolder, 'Must be a folder of the archive').default(''),
  /** As the form has them: empty where nothing was chosen. */
  from: text(40).default(''),
  to: text(40).default(''),
  cursor: cursorField,
})
export type ArchiveViewQuery = z.output<typeof archiveViewQuery>

export const downloadForm = z.object({
  name: requiredText(512).refine(isArchiveName, 'Must be a file of the archive'),
})
export type DownloadForm = z.output<typeof downloadForm>
