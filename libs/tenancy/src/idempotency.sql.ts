/** Whether nobody else works under the key: tried and not waited for, and given back when the transaction ends. $1 what. */
export const tryKey = `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free`

/** Index: idempotency_keys_pkey. $1 API key, $2 route, $3 the route of compact answers, $4 key. */
export const storedAnswer = `
  SELECT body_hash AS "bodyHash", status, location, body, route = $3 AS "isCompact" FROM idempotency_keys
  WHERE api_key_id = $1 AND route IN ($2, $3) AND key = $4 AND expires_at > clock_timestamp()`

/** Takes the place of one that has expired and that no janitor has taken away yet. */
export const storeAnswer = `
  INSERT INTO idempotency_keys (workspace_id, api_key_id, route, key, body_hash, status, location, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (api_key_id, route, key) DO UPDATE SET body_hash = excluded.body_hash, status = excluded.status,
    location = excluded.location, body = excluded.body, created_at = DEFAULT, expires_at = DEFAULT`
