/** $1 hash of the session's id, $2 workspace, $3 app token, $4 seconds that the session lives. */
export const beginSession = `
  INSERT INTO archive_sessions (hash, workspace_id, api_key_id, expires_at)
  VALUES ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))`

/** Ends the oldest sessions of a token beyond the newest ones. $1 app token, $2 how many stay. Index: archive_sessions_key. */
export const endOldest = `
  DELETE FROM archive_sessions WHERE hash IN (
    SELECT hash FROM archive_sessions WHERE api_key_id = $1 ORDER BY created_at DESC OFFSET $2)`

/** $1 hash of the session's id. */
export const endSession = 'DELETE FROM archive_sessions WHERE hash = $1'

/** $1 app token. Index: archive_sessions_key. */
export const endSessionsOf = 'DELETE FROM archive_sessions WHERE api_key_id = $1'

/** Index: archive_sessions_expiry. */
export const forgetSessions = 'DELETE FROM archive_sessions WHERE expires_at <= clock_timestamp()'
