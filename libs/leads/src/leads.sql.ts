/** Every query on leads that is not an entity's, with the index it uses. */

/** What a list and a single lead are made of; `_id` needs the seconds of ingestion, a cursor the microseconds. */
const COLUMNS = `l.id, l.hex, l.workspace_id, l.chatbot_id, l.account_id, l.name, l.email, l.phone, l.source, l.status,
  l.metadata, l.created_at, l.updated_at, l.ingested_at, l.created_at::text AS created_at_text`

/**
 * A page: keys from the index first, then the rows, so that a deep page reads no rows it throws away.
 * Index: leads_chatbot_newest, leads_newest. $1 limit, $2 offset.
 */
export const leadPage = (where: string): string => `
  SELECT ${COLUMNS} FROM (
    SELECT l.workspace_id, l.id FROM leads l WHERE ${where}
    ORDER BY l.created_at DESC, l.id DESC LIMIT $1 OFFSET $2
  ) k JOIN leads l ON l.workspace_id = k.workspace_id AND l.id = k.id
  ORDER BY l.created_at DESC, l.id DESC`

/** Index: leads_workspace_id_hex_key. */
export const leadByHex = `SELECT ${COLUMNS} FROM leads l WHERE l.hex = $1`

/** Index: leads_email. The oldest, which is the one a client knows. */
export const leadByEmail = `SELECT ${COLUMNS} FROM leads l WHERE l.email_lower = $1 ORDER BY l.id LIMIT 1`

/**
 * A lead of the create API. Nothing is inserted when another create has claimed the address, even one
 * that is still in flight: ON CONFLICT waits for it. The implicit account is where leads without one belong.
 */
export const insertLead = `
  INSERT INTO leads AS l (workspace_id, hex, chatbot_id, account_id, name, email, email_lower, claimed_email, phone,
    source, status, metadata)
  SELECT $1, $2, $3, a.id, $4, $5, $6, $6, $7, $8, $9, $10::jsonb
  FROM accounts a WHERE a.workspace_id = $1 AND a.implicit
  ON CONFLICT (workspace_id, claimed_email) DO NOTHING
  RETURNING ${COLUMNS}`

/** Adds names of metadata that were not seen before, as long as a column of an export could come of them. $3 names. */
export const rememberKeys = `
  INSERT INTO metadata_keys (workspace_id, dataset, key)
  SELECT $1, $2, k.key FROM unnest($3::text[]) WITH ORDINALITY AS k (key, n)
  WHERE NOT EXISTS (SELECT FROM metadata_keys m WHERE m.workspace_id = $1 AND m.dataset = $2 AND m.key = k.key)
    AND (SELECT count(*) FROM metadata_keys m WHERE m.workspace_id = $1 AND m.dataset = $2) <= 200
  ORDER BY k.n
  ON CONFLICT DO NOTHING`
