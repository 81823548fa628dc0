/** Of the index in the order of keys. $1 the key before the first one, $2 how many. Index: archive_files_object_key_key. */
export const indexPage = `
  SELECT f.id, f.object_key AS key, f.size, f.workspace_id AS "workspaceId", f.export_id AS "exportId", f.name,
    f.missing_since IS NOT NULL AS "wasMissing"
  FROM archive_files f WHERE f.object_key > $1 ORDER BY f.object_key LIMIT $2`

/** An array of objects with key, holder, epoch and at; only what has been there for a day, by the database's clock. */
const found = `jsonb_to_recordset($1::jsonb) AS o (key text, holder text, epoch int, at timestamptz)`
const isOld = `o.at < clock_timestamp() - interval '1 day'`

/**
 * A bucket may be shared, or the database be an older copy: what was made by nobody that this database knows of is
 * another's and never touched.
 */
const isOurs = `(EXISTS (SELECT FROM exports e WHERE e.id = o.holder) OR EXISTS (SELECT FROM archive_days d WHERE d.id = o.holder))`

/**
 * Puts objects that nothing knows of onto the list of lost uploads. An object that is being made has its intent, then a
 * row among the files of its day's build, then one in the index: each takes the place of the one before in one
 * transaction, so one statement sees one of them.
 * $1 the objects. @returns for each its key and whether it is expected, foreign, young or lost
 */
export const sortObjects = `
  WITH sorted AS (
    SELECT o.*, CASE
      WHEN EXISTS (SELECT FROM archive_files f WHERE f.object_key = o.key)
        OR EXISTS (SELECT FROM upload_intents i WHERE i.object_key = o.key)
        OR EXISTS (SELECT FROM archive_day_files m WHERE m.object_key = o.key)
        OR EXISTS (SELECT FROM exports e WHERE e.id = o.holder AND e.state = 'completed' AND e.object_key = o.key)
        THEN 'expected'
      WHEN NOT ${isOurs} THEN 'foreign'
      WHEN NOT ${isOld} THEN 'young'
      ELSE 'lost' END AS kind
    FROM ${found}
  ), listed AS (
    INSERT INTO upload_intents (holder, epoch, object_key)
    SELECT holder, epoch, key FROM sorted WHERE kind = 'lost'
    ON CONFLICT (object_key) DO NOTHING
  )
  SELECT key, kind FROM sorted`

/** Which of some uploads in progress nobody works at any more. $1 the uploads. @returns their keys */
export const lostUploadsInProgress = `
  SELECT o.key FROM ${found}
  WHERE NOT EXISTS (SELECT FROM upload_intents i WHERE i.object_key = o.key) AND ${isOurs} AND ${isOld}`

/**
 * Marks a file whose object is not what the index says, where the index still says so: it may have been replaced or
 * have expired meanwhile. The day of a daily archive is made due again, and built anew. $1 id, $2 object key.
 */
export const markMissing = `
  WITH missing AS (
    UPDATE archive_files f SET missing_since = coalesce(f.missing_since, clock_timestamp())
    WHERE f.id = $1 AND f.object_key = $2
    RETURNING f.workspace_id, f.day, f.export_id
  ), mended AS (
    UPDATE archive_days d
    SET asked_at = clock_timestamp(), state = CASE d.state WHEN 'building' THEN 'building' ELSE 'due' END,
      not_before = CASE d.state WHEN 'built' THEN clock_timestamp() ELSE d.not_before END
    FROM missing WHERE missing.export_id IS NULL AND d.workspace_id = missing.workspace_id AND d.day = missing.day
    RETURNING d.id
  )
  SELECT EXISTS (SELECT FROM mended) AS mended FROM missing`

/** Files that are there again. $1 ids. */
export const markFound = `UPDATE archive_files SET missing_since = NULL WHERE id = ANY ($1::bigint[])`

/** Those that nobody has replayed or dismissed. */
export const countMissingFiles = `
  SELECT count(*)::int AS n FROM archive_files
  WHERE missing_since IS NOT NULL AND (dismissed_at IS NULL OR dismissed_at < missing_since)`
