/** Names that were not seen before, as long as a column of an export could come of them. $1 workspace, $2 dataset, $3 names. */
const NEW_KEYS = `
  SELECT k.key FROM unnest($3::text[]) WITH ORDINALITY AS k (key, n)
  WHERE NOT EXISTS (SELECT FROM metadata_keys m WHERE m.workspace_id = $1 AND m.dataset = $2 AND m.key = k.key)
    AND (SELECT count(*) FROM metadata_keys m WHERE m.workspace_id = $1 AND m.dataset = $2) <= 200
  ORDER BY k.n`

/** Whether there are any: next to always there are none, and so nothing to write. */
export const hasNewKeys = `SELECT EXISTS (${NEW_KEYS}) AS found`

/**
 * Lets those who add names to a workspace take turns until they end: each adds its names in the order it has
 * them, and two that have the same ones in two orders would wait for each other.
 */
export const lockKeys = `SELECT pg_advisory_xact_lock(hashtextextended('metadata_keys ' || $1, 0))`
export const rememberKeys = `
  INSERT INTO metadata_keys (workspace_id, dataset, key) SELECT $1, $2, key FROM (${NEW_KEYS}) k
  ON CONFLICT DO NOTHING`
