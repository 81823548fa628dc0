import { z } from 'zod'
import { exportStates, failureReasons, formatNames } from '#exports'
import { datasets } from '#leads'
import { cursorField, pageField, sizeField, text } from '../http/fields.js'
import { pagination } from '../http/paging.js'
import { exportExample, exportListExample } from './exports.examples.js'

const time = z.iso.datetime({ precision: 3 })

/** An export as every answer shows it. */
export const exportResource = z
  .object({
    id: z.string().describe('exp_ and 16 hex digits'),
    state: z.enum(exportStates),
    dataset: z.enum(datasets),
    format: z.enum(formatNames),
    gzip: z.boolean(),
    rows: z.int().describe('Written so far'),
    bytes: z.int().nullable(),
    attempt: z.int().describe('How often a worker has taken it up'),
    error: z
      .object({ code: z.enum(failureReasons), message: z.string() })
      .nullable()
      .describe('Why it failed, or in the state queued why it waits'),
    nextAttemptAt: time
      .nullable()
      .describe('Of one that waits after a fault: when it is taken up again at the earliest'),
    sha256: z.string().nullable(),
    acceptedAt: time.describe('The cut-off: rows that came in later are not in the file'),
    startedAt: time.nullable(),
    snapshotAt: time.nullable().describe('When the database was looked at'),
    finishedAt: time.nullable(),
    expiresAt: time.nullable().describe('When the file is deleted'),
    truncatedCells: z.int().describe('Cells of an xlsx that were cut to 32,767 characters'),
    recipient: z.string(),
    archiveName: z.string().nullable().describe('Its name for archive/url'),
    downloadUrl: z
      .url()
      .nullable()
      .describe('The page that the mail links to: whoever has the link can download, until it is revoked'),
    statusUrl: z.url(),
  })
  .meta({ id: 'Export', examples: [exportExample] })
export type ExportResource = z.output<typeof exportResource>

export const exportList = z
  .object({ data: z.array(exportResource), pagination })
  .meta({ id: 'ExportList', examples: [exportListExample] })
export type ExportList = z.output<typeof exportList>

export const exportListQuery = z.object({ page: pageField, size: sizeField, cursor: cursorField })
export type ExportListQuery = z.output<typeof exportListQuery>

export const exportIdParameter = text(100).meta({
  description: "An export's id",
  examples: ['exp_4ce21ad0853e4b48'],
})
