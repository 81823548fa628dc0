/** The statements that write a batch of events, in their order; their number does not depend on the batch. */

/**
 * What makes an event count once. Ids that another batch is writing are waited for: that one counts. $1 workspace,
 * $2 ids, sorted, so that two batches with the same ones don't wait for each other.
 */
export const insertEventIds = `
  INSERT INTO event_ids (workspace_id, event_id) SELECT $1, id FROM unnest($2::text[]) id
  ON CONFLICT DO NOTHING RETURNING event_id`

/**
 * Writes everyone the events are about, each locked until the end: batches about the same person take turns, and what
 * follows sees what the one before wrote. $1 workspace, $2 rows, sorted. `was`: created_at before this batch.
 */
export const upsertMessageUsers = `
  INSERT INTO message_users AS u (workspace_id, id, account_id, external_id, platform, first_name, last_name,
    first_name_told, last_name_told, created_at, updated_at)
  SELECT $1, n.* FROM json_to_recordset($2) AS n (id text, account_id text, external_id text, platform text,
    first_name text, last_name text, first_name_told text, last_name_told text, created_at timestamptz, updated_at timestamptz)
  ON CONFLICT (workspace_id, account_id, external_id) DO UPDATE SET
    first_name = CASE WHEN excluded.first_name_told > coalesce(u.first_name_told, '') THEN excluded.first_name ELSE u.first_name END,
    last_name = CASE WHEN excluded.last_name_told > coalesce(u.last_name_told, '') THEN excluded.last_name ELSE u.last_name END,
    first_name_told = greatest(u.first_name_told, excluded.first_name_told),
    last_name_told = greatest(u.last_name_told, excluded.last_name_told),
    created_at = least(u.created_at, excluded.created_at),
    updated_at = greatest(u.updated_at, excluded.updated_at)
  RETURNING u.id, u.account_id, u.external_id, u.first_name, u.last_name, u.created_at,
    (SELECT o.created_at FROM message_users o WHERE o.workspace_id = u.workspace_id AND o.id = u.id) AS was`

/** $1 workspace, $2 rows. */
export const insertMessages = `
  INSERT INTO messages (workspace_id, occurred_at, event_id, chatbot_id, account_id, message_user_id, sender, text)
  SELECT $1, n.* FROM json_to_recordset($2) AS n (occurred_at timestamptz, event_id text, chatbot_id text,
    account_id text, message_user_id text, sender text, text text)`

/** $1 workspace, $2 rows. */
export const insertInteractions = `
  INSERT INTO interactions (workspace_id, occurred_at, event_id, chatbot_id, account_id, message_user_id, funnel_id,
    funnel_group_id, interaction, data)
  SELECT $1, n.* FROM json_to_recordset($2) AS n (occurred_at timestamptz, event_id text, chatbot_id text,
    account_id text, message_user_id text, funnel_id bigint, funnel_group_id text, interaction text, data jsonb)`

/**
 * The leads of message users, whatever the chatbot, locked in the order of their numbers. $1 workspace, $2 message
 * users. Index: leads_workspace_id_message_user_id_chatbot_id_key.
 */
export const lockLeads = `
  SELECT l.id, l.chatbot_id, l.message_user_id, l.name, l.email, l.phone, l.metadata, l.told, l.created_at, l.updated_at
  FROM leads l WHERE l.workspace_id = $1 AND l.message_user_id = ANY ($2::text[])
  ORDER BY l.id FOR UPDATE`

/** $1 workspace, $2 rows. A lead of events claims no address: several may have the same. */
export const insertLeads = `
  INSERT INTO leads AS l (workspace_id, hex, chatbot_id, account_id, message_user_id, name, email, email_lower, phone,
    source, metadata, told, created_at, updated_at)
  SELECT $1, n.* FROM json_to_recordset($2) AS n (hex text, chatbot_id text, account_id text, message_user_id text,
    name text, email text, email_lower text, phone text, source text, metadata jsonb, told jsonb, created_at timestamptz,
    updated_at timestamptz)
  RETURNING l.id, l.chatbot_id, l.message_user_id`

/** Of leads that are locked. An address that someone claimed by hand is free again once another one is told. $1 workspace, $2 rows. Index: leads_pkey. */
export const updateLeads = `
  UPDATE leads l SET name = n.name, email = n.email, email_lower = n.email_lower, phone = n.phone,
    claimed_email = CASE WHEN l.claimed_email = n.email_lower THEN l.claimed_email END,
    metadata = n.metadata, told = n.told, created_at = n.created_at, updated_at = n.updated_at
  FROM json_to_recordset($2) AS n (id bigint, name text, email text, email_lower text, phone text, metadata jsonb,
    told jsonb, created_at timestamptz, updated_at timestamptz)
  WHERE l.workspace_id = $1 AND l.id = n.id`

/**
 * The records that interactions may belong to, or stand between: of each message user and group those of the times
 * given. $1 workspace, $2 rows. Index: records_user_group.
 */
export const findRecords = `
  SELECT r.id, r.message_user_id, r.funnel_group_id, r.chatbot_id, r.lead_id, r.last, r.extra_data, r.told, r.created_at,
    r.updated_at
  FROM json_to_recordset($2) AS n (message_user_id text, funnel_group_id text, since timestamptz, until timestamptz)
  JOIN records r ON r.workspace_id = $1 AND r.message_user_id = n.message_user_id AND r.funnel_group_id = n.funnel_group_id
    AND r.updated_at >= n.since AND r.created_at <= n.until`

/** Those that were joined to others. $1 workspace, $2 ids. Index: records_pkey. */
export const deleteRecords = 'DELETE FROM records r WHERE r.workspace_id = $1 AND r.id = ANY ($2::text[])'

/** $1 workspace, $2 rows: new records, and what known ones have become. */
export const upsertRecords = `
  INSERT INTO records AS r (workspace_id, id, chatbot_id, account_id, message_user_id, funnel_id, funnel_group_id, lead_id,
    last, extra_data, told, created_at, updated_at)
  SELECT $1, n.* FROM json_to_recordset($2) AS n (id text, chatbot_id text, account_id text, message_user_id text,
    funnel_id bigint, funnel_group_id text, lead_id bigint, last text, extra_data jsonb, told jsonb,
    created_at timestamptz, updated_at timestamptz)
  ON CONFLICT (id) DO UPDATE SET chatbot_id = excluded.chatbot_id, lead_id = excluded.lead_id, last = excluded.last,
    extra_data = excluded.extra_data, told = excluded.told, created_at = excluded.created_at,
    updated_at = excluded.updated_at`

/** As the role system. $1 days, $2 how many at once. Index: event_ids_received. */
export const forgetEventIds = `
  DELETE FROM event_ids e USING (
    SELECT workspace_id, event_id FROM event_ids WHERE received_at < clock_timestamp() - make_interval(days => $1)
    ORDER BY received_at LIMIT $2 FOR UPDATE SKIP LOCKED
  ) old
  WHERE e.workspace_id = old.workspace_id AND e.event_id = old.event_id`
