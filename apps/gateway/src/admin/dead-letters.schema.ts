import { z } from 'zod'
import { deadLetterKinds, deadLetterReasons } from '#exports'
import { timestamp } from '#leads'
import { codenameField } from '#tenancy'
import { cursorField, sizeField, text } from '../http/fields.js'

export const kindField = z.enum(deadLetterKinds, `Must be one of ${deadLetterKinds.join(', ')}`)

const since = text(64).refine(
  (given) => timestamp(given) !== null,
  'Must be an ISO-8601 timestamp with an offset',
)

const filterFields = {
  kind: kindField.optional(),
  workspace: codenameField.optional(),
  reason: z.enum(deadLetterReasons, `Must be one of ${deadLetterReasons.join(', ')}`).optional(),
}

export const deadLetterQuery = z.object({
  ...filterFields,
  since: since.optional(),
  size: sizeField,
  cursor: cursorField,
})
export type DeadLetterQuery = z.output<typeof deadLetterQuery>

/** Since when is to be said: an old failure that was left alone is not to be dug up by chance. */
export const replayBody = z.strictObject({ ...filterFields, since })
export type ReplayBody = z.output<typeof replayBody>
