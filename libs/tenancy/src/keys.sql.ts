const principal = `k.id AS "keyId", k.kind, k.scopes, k.owner_name AS "ownerName", k.owner_email AS "ownerEmail",
  w.id AS "workspaceId", w.codename, w.locale, w.time_zone AS "timeZone"`

const isValid = 'k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())'

/**
 * The valid keys whose beginning is $1: next to always one or none. By the beginning, which is no secret, so
 * that the secret part is compared by the caller and in constant time. Index: api_keys_prefix.
 */
export const principalsByPrefix = `
  SELECT k.hash, ${principal}
  FROM api_keys k JOIN workspaces w ON w.id = k.workspace_id
  WHERE k.prefix = $1 AND ${isValid}`

/** Who a session belongs to, by $1, the hash of its id. Index: archive_sessions_pkey. */
export const principalBySession = `
  SELECT ${principal}
  FROM archive_sessions s JOIN api_keys k ON k.id = s.api_key_id JOIN workspaces w ON w.id = k.workspace_id
  WHERE s.hash = $1 AND s.expires_at > clock_timestamp() AND ${isValid}`

/** $1 ids of the keys that were used. */
export const touchKeys = `UPDATE api_keys SET last_used_at = clock_timestamp() WHERE id = ANY ($1)`

/** $1 workspace, $2 key. The sessions of an app token end with it by `principalBySession`; here their rows go too. */
export const revokeKey = `
  WITH ended AS (
    DELETE FROM archive_sessions s WHERE s.workspace_id = $1 AND s.api_key_id = $2
  )
  UPDATE api_keys SET revoked_at = clock_timestamp()
  WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL`
