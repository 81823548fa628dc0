/** CTEs that end the exports of the CTE `over`: they leave the index, and their objects go onto the list of uploads that nobody needs. */
export const expired = `expired AS (
    UPDATE exports e SET state = 'expired', expires_at = least(e.expires_at, clock_timestamp())
    FROM over WHERE e.id = over.id RETURNING e.id, e.epoch, e.object_key
  ), unlisted AS (
    DELETE FROM archive_files f USING expired WHERE f.export_id = expired.id
  ), listed AS (
    INSERT INTO upload_intents (holder, epoch, object_key)
    SELECT id, epoch, object_key FROM expired
    ON CONFLICT (object_key) DO NOTHING
  )`

/** Ends files whose time is over. $1 how many at once. Index: exports_expiry. */
export const expireFiles = `
  WITH over AS (
    SELECT id FROM exports WHERE state = 'completed' AND expires_at <= clock_timestamp()
    ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED
  ), ${expired}
  SELECT id FROM expired`

const upload = `i.object_key AS "objectKey", i.upload_id AS "uploadId",
  i.created_at < clock_timestamp() - interval '2 hours' AS "settled"`

/**
 * What attempts left behind that are over, and what files that left the index are in the store: every intent that
 * is not a running attempt's own. What was completed has no intent any more, whoever believes to have lost it.
 */
const isLost = `NOT EXISTS (SELECT FROM exports e WHERE e.id = i.holder AND e.epoch = i.epoch AND e.state = 'running')
  AND NOT EXISTS (SELECT FROM archive_days d WHERE d.id = i.holder AND d.epoch = i.epoch AND d.state = 'building')
  AND i.not_before <= clock_timestamp()`

/**
 * Puts files of builds that were given up onto the list of lost uploads: the day began anew, or was built by a worker of
 * the release before. $1 how many at once.
 */
export const giveUpFiles = `
  WITH stale AS (
    DELETE FROM archive_day_files f USING (
      SELECT s.day_id, s.build, s.name FROM archive_day_files s
      WHERE NOT EXISTS (
        SELECT FROM archive_days d WHERE d.id = s.day_id AND d.build = s.build AND d.state <> 'built')
      LIMIT $1 FOR UPDATE OF s SKIP LOCKED
    ) s
    WHERE f.day_id = s.day_id AND f.build = s.build AND f.name = s.name
    RETURNING f.day_id, f.build, f.object_key
  )
  INSERT INTO upload_intents (holder, epoch, object_key)
  SELECT day_id, build, object_key FROM stale
  ON CONFLICT (object_key) DO NOTHING`

/** A PUT that timed out can still land, so each is looked at again until it is two hours old. $1 how many at once. */
export const lostUploads = `
  SELECT ${upload} FROM upload_intents i
  WHERE ${isLost} AND (i.cleaned_at IS NULL OR i.cleaned_at < clock_timestamp() - interval '30 minutes')
  ORDER BY i.created_at LIMIT $1`

/** Of one attempt: $1 holder, $2 epoch. Index: upload_intents_holder. */
export const lostUploadsOf = `SELECT ${upload} FROM upload_intents i WHERE i.holder = $1 AND i.epoch = $2 AND ${isLost}`

/** Whether nothing of an attempt is left to be removed. $1 holder, $2 epoch. Index: upload_intents_holder. */
export const isRemoved = `
  SELECT NOT EXISTS (
    SELECT FROM upload_intents i WHERE i.holder = $1 AND i.epoch = $2 AND i.cleaned_at IS NULL
  ) AS removed`

export const uploadCleaned = `UPDATE upload_intents SET cleaned_at = clock_timestamp() WHERE object_key = $1`
/** The others go first. */
export const putOffCleaning = `UPDATE upload_intents SET not_before = clock_timestamp() + interval '15 seconds' WHERE object_key = $1`
export const forgetUpload = `DELETE FROM upload_intents WHERE object_key = $1`

export const forgetIdempotencyKeys = `DELETE FROM idempotency_keys WHERE expires_at <= clock_timestamp()`
