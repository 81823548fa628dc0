/** $1 object key, $2 upload id. */
export const recordUpload = `UPDATE upload_intents SET upload_id = $2 WHERE object_key = $1`

/**
 * A database that came back as it was earlier counts epochs anew that were counted before, and their keys may be on the
 * list already: a claim takes an epoch that no intent has, and here the holder takes over what was listed since.
 */
export const takeOverIntent = `ON CONFLICT (object_key) DO UPDATE
  SET epoch = excluded.epoch, upload_id = NULL, created_at = excluded.created_at, not_before = excluded.not_before,
    cleaned_at = NULL
  WHERE upload_intents.holder = excluded.holder`
