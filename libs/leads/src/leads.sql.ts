/** Every query on leads that is not an entity's, with the index it uses. */

import type { ListDefinition } from './list-query.js'

/** Who a lead is and how to reach it. */
const CONTACT = 'l.id, l.hex, l.account_id, l.name, l.email, l.phone, l.created_at'
/** A lead, whole. */
const COLUMNS = `${CONTACT}, l.chatbot_id, l.workspace_id, l.source, l.status, l.metadata, l.updated_at`
/** The same, its metadata as text. */
const LISTED = `${CONTACT}, l.chatbot_id, l.workspace_id, l.source, l.status, l.metadata::text AS metadata, l.updated_at`

/**
 * Index: leads_newest; leads_chatbot_newest, leads_account_newest, leads_status_newest, leads_source_newest and
 * leads_email with their filters.
 */
const newestFirst = (name: string, columns: string): ListDefinition => ({
  name,
  keys: [
    { column: 'l.created_at', type: 'timestamptz' },
    { column: 'l.id', type: 'bigint' },
  ],
  follows: '<',
  select: (where, { sql, skips }) => {
    const order = 'ORDER BY l.created_at DESC, l.id DESC'
    if (!skips) return `SELECT ${columns} FROM leads l WHERE ${where} ${order} ${sql}`
    return `
      SELECT ${columns}
      FROM (SELECT l.workspace_id, l.id FROM leads l WHERE ${where} ${order} ${sql}) k
        JOIN leads l ON l.workspace_id = k.workspace_id AND l.id = k.id
      ${order}`
  },
})

export const leadList = newestFirst('leads', LISTED)
export const contactList = newestFirst('contacts', CONTACT)

/** Index: leads_workspace_id_hex_key. $1 hex, $2 the chatbot it must be of, or NULL for any. */
const ONE = `l.hex = $1 AND l.chatbot_id = coalesce($2, l.chatbot_id)`
export const leadByHex = `SELECT ${COLUMNS} FROM leads l WHERE ${ONE}`
export const lockLead = `
  SELECT ${COLUMNS}, l.told, l.message_user_id, clock_timestamp() AS now FROM leads l WHERE ${ONE} FOR UPDATE`
/** Records that point to it stay, without a lead. */
export const deleteLead = `DELETE FROM leads l WHERE ${ONE} RETURNING l.created_at`

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

/**
 * Writes a lead that lockLead has locked. An address that is new to it is claimed as the create API's
 * are; its own in another case stays as much claimed as it was. $8 NULL: metadata stays.
 * $9 what told its fields, $10 the time of the change. Index: leads_pkey.
 */
export const updateLead = `
  UPDATE leads l SET name = $2, email = $3, email_lower = $4,
    claimed_email = CASE WHEN l.email_lower IS DISTINCT FROM $4 THEN $4 ELSE l.claimed_email END,
    phone = $5, source = $6, status = $7, metadata = coalesce($8::jsonb, l.metadata), told = $9::jsonb,
    updated_at = $10
  WHERE l.id = $1
  RETURNING ${COLUMNS}`

/** What updateLead violates when another transaction claimed the address in between. */
export const CLAIM = 'leads_workspace_id_claimed_email_key'
