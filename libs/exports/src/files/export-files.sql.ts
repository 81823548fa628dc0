import { expired } from '../cleanup/cleanup.sql.js'
import { statesBefore } from '../export.states.js'

/** Of which exports a statement speaks: $1 is the workspace, $2 the export's id or the key that asked for them. */
export type Owner = 'export' | 'key'

const belongs: Record<Owner, string> = {
  export: 'e.workspace_id = $1 AND e.id = $2',
  key: 'e.workspace_id = $1 AND e.api_key_id = $2',
}

/**
 * Raises the version of the links, which ends every link that was handed out. A mail that was not sent yet would bring
 * the recipient a new link, so it is dropped; a sender that has it notices before the final dot.
 */
export const revokeLinks = (of: Owner): string => `
  WITH revoked AS (
    UPDATE exports e SET link_version = e.link_version + 1
    WHERE ${belongs[of]} AND e.state = 'completed' RETURNING e.id
  ), dropped AS (
    DELETE FROM mail_outbox m USING revoked
    WHERE m.export_id = revoked.id AND m.kind = 'export_completed' AND m.state <> 'sent'
  )
  SELECT id FROM revoked`

/**
 * Ends the time of files at once. They leave the index, and what they have in the store goes onto the list of uploads
 * that nobody needs; a mail that was not sent yet is dropped.
 */
export const removeFiles = (of: Owner): string => `
  WITH over AS (
    SELECT e.id FROM exports e WHERE ${belongs[of]} AND e.state = 'completed' FOR UPDATE
  ), ${expired}, dropped AS (
    DELETE FROM mail_outbox m USING expired
    WHERE m.export_id = expired.id AND m.kind = 'export_completed' AND m.state <> 'sent'
  )
  SELECT id, epoch FROM expired`

/** $1 workspace, $2 key. */
export const cancelOfKey = `
  UPDATE exports e SET state = 'cancelled', finished_at = clock_timestamp(), lease_until = NULL
  WHERE ${belongs.key} AND e.state IN (${statesBefore('cancelled')
    .map((state) => `'${state}'`)
    .join(', ')})`
