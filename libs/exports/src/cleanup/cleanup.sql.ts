/**
 * Files whose time is over leave the index and the status says so; what they leave in the store goes
 * onto the list of uploads that nobody needs. $1 how many at once. Index: exports_expiry.
 */
export const expireFiles = `
  WITH over AS (
    SELECT id FROM exports WHERE state = 'completed' AND expires_at <= clock_timestamp()
    ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED
  ), expired AS (
    UPDATE exports e SET state = 'expired' FROM over WHERE e.id = over.id RETURNING e.id, e.epoch, e.object_key
  ), unlisted AS (
    DELETE FROM archive_files f USING expired WHERE f.export_id = expired.id
  )
  INSERT INTO upload_intents (export_id, epoch, object_key)
  SELECT id, epoch, object_key FROM expired
  ON CONFLICT (export_id, epoch) DO NOTHING`

/**
 * What attempts left behind that are over: every intent that is not a running attempt's own. A PUT that
 * timed out can still land, so each is looked at again until it is two hours old. $1 how many at once.
 */
export const lostUploads = `
  SELECT i.export_id AS "exportId", i.epoch, i.object_key AS "objectKey", i.upload_id AS "uploadId",
    i.created_at < clock_timestamp() - interval '2 hours' AS "settled"
  FROM upload_intents i JOIN exports e ON e.id = i.export_id
  WHERE NOT (e.state = 'running' AND e.epoch = i.epoch)
    AND (i.cleaned_at IS NULL OR i.cleaned_at < clock_timestamp() - interval '30 minutes')
  ORDER BY i.created_at LIMIT $1`

export const uploadCleaned = `
  UPDATE upload_intents SET cleaned_at = clock_timestamp() WHERE export_id = $1 AND epoch = $2`
export const forgetUpload = `DELETE FROM upload_intents WHERE export_id = $1 AND epoch = $2`

export const forgetIdempotencyKeys = `DELETE FROM idempotency_keys WHERE expires_at <= clock_timestamp()`
