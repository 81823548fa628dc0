import { z } from 'zod'
import { formatNames, isArchiveFolder, isArchiveName } from '#exports'
import { cursorField, requiredText, text, wholeNumber } from '../../http/fields.js'
import { archiveListExample, archiveUrlExample } from './chat-tonic.examples.js'

/** A level may have a folder per account: it comes whole unless it is very long. */
const MAX_ENTRIES = 1000

export const archiveListQuery = z.object({
  format: z
    .enum(formatNames, `Must be one of ${formatNames.join(', ')}`)
    .default('csv')
    .describe('Format of the files'),
  prefix: text(512)
    .refine(isArchiveFolder, 'Must be a folder as archive/list has it')
    .default('')
    .describe('A folder: "", "funnels", "leads/", …'),
  limit: wholeNumber({ min: 1, max: MAX_ENTRIES, fallback: MAX_ENTRIES }),
  cursor: cursorField,
})
export type ArchiveListQuery = z.output<typeof archiveListQuery>

const archiveObject = z
  .object({
    prefix: z.string().describe('The last segment'),
    complete: z.string().describe('The whole path; of a folder with a slash at its end'),
    size: z.int().optional().describe('Of a file: bytes'),
    rows: z.int().optional().describe('Of a file'),
    date: z.string().optional().describe('Of a file: YYYY-MM-DD'),
  })
  .meta({ id: 'ArchiveObject' })

export const archiveListAnswer = z
  .object({
    objects: z.array(archiveObject),
    limit: z.int(),
    hasMore: z.boolean(),
    next: z.string().nullable().describe('The cursor of the next page'),
  })
  .meta({ id: 'ArchiveList', examples: [archiveListExample] })
export type ArchiveListAnswer = z.output<typeof archiveListAnswer>

export const archiveUrlQuery = z.object({
  name: requiredText(512)
    .refine(isArchiveName, 'Must be a path as archive/list has it')
    .meta({
      description: 'A path as archive/list has it',
      examples: ['funnels/account-accountPlatform-accountId/2021-05-01.zip'],
    }),
})
export type ArchiveUrlQuery = z.output<typeof archiveUrlQuery>

export const archiveUrlAnswer = z
  .object({ expiresIn: z.int().describe('Seconds that the URL is still good for'), url: z.url() })
  .meta({ id: 'ArchiveUrl', examples: [archiveUrlExample] })
export type ArchiveUrlAnswer = z.output<typeof archiveUrlAnswer>
