import { takeOverIntent } from '../claims/upload-intents.sql.js'

/** How long a day waits after so many faults: not at all, 5 s, 15 s, 35 s … an hour. */
const backOff = (failures: string): string =>
  `make_interval(secs => least(3600, 5 * (2 ^ least(${failures}, 10) - 1)))`

/** Due, or its worker was lost; one that takes its workers down comes up less and less often. */
const mayBeClaimed = `d.state <> 'built' AND (d.state = 'due' AND d.not_before <= clock_timestamp()
  OR d.state = 'building' AND d.lease_until + ${backOff('d.failures')} <= clock_timestamp())`

/** Only the holder of the newest claim, and only while it builds: $1 id, $2 epoch. */
const mine = `d.id = $1 AND d.epoch = $2 AND d.state = 'building'`

const utc = (time: string): string => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

/** The newest day first: yesterday's is waited for more than one of last year. $1 worker, $2 lease in seconds. Index: archive_days_open. */
export const claimDay = `
  WITH next AS (
    SELECT d.id FROM archive_days d WHERE ${mayBeClaimed}
    ORDER BY d.day DESC LIMIT 1 FOR UPDATE SKIP LOCKED
  )
  UPDATE archive_days d
  SET failures = d.failures + (d.state = 'building')::int,
    reason = CASE d.state WHEN 'building' THEN 'worker_lost' ELSE d.reason END,
    state = 'building', epoch = 1 + greatest(d.epoch, (SELECT max(i.epoch) FROM upload_intents i WHERE i.holder = d.id)), worker = $1, started_at = clock_timestamp(),
    lease_until = clock_timestamp() + make_interval(secs => $2)
  FROM next, workspaces w
  WHERE d.id = next.id AND w.id = d.workspace_id
  RETURNING d.id, d.workspace_id AS "workspaceId", w.codename, d.day::text AS day, d.epoch,
    ${utc('local_day_start(d.day, w.time_zone)')} AS "from", ${utc('local_day_start(d.day + 1, w.time_zone)')} AS "to"`

/** $3 lease in seconds. */
export const renewDay = `
  UPDATE archive_days d SET lease_until = clock_timestamp() + make_interval(secs => $3) WHERE ${mine}`

/** $3 object key. */
export const recordDayIntent = `
  INSERT INTO upload_intents (holder, epoch, object_key)
  SELECT d.id, d.epoch, $3 FROM archive_days d WHERE ${mine}
  ${takeOverIntent}`

/**
 * Built, with all its files in the index in the place of those of the build before: all or nothing, and only for
 * the holder of the claim. An object that leaves the index is kept for as long as a link to it may have been
 * promised. $3 the files, an array of objects; $4 when the database was looked at; $5 those seconds.
 */
export const finishDay = `
  WITH done AS (
    UPDATE archive_days d
    SET state = CASE WHEN d.asked_at > d.started_at THEN 'due' ELSE 'built' END, lease_until = NULL, failures = 0,
      reason = NULL, built_at = clock_timestamp(), snapshot_at = $4, files = total.files, rows = total.rows
    FROM (
      SELECT count(*) AS files, coalesce(sum((f->>'rows')::bigint), 0) AS rows FROM jsonb_array_elements($3::jsonb) f
    ) total
    WHERE ${mine}
    RETURNING d.id, d.workspace_id, d.day, d.epoch
  ), made AS (
    SELECT done.workspace_id, done.day, m.* FROM done, jsonb_to_recordset($3::jsonb) AS m (
      model text, "accountFolder" text, name text, "objectKey" text, bytes bigint, sha256 text, rows bigint)
  ), before AS (
    SELECT f.id, f.name, f.object_key, done.id AS day_id, done.epoch
    FROM archive_files f JOIN done ON done.workspace_id = f.workspace_id AND done.day = f.day
    WHERE f.export_id IS NULL
  ), indexed AS (
    INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day)
    SELECT workspace_id, 'csv', model, "accountFolder", name, "objectKey", bytes, sha256, rows, day FROM made
    ON CONFLICT (workspace_id, format, name COLLATE "C") DO UPDATE SET
      object_key = excluded.object_key, size = excluded.size, sha256 = excluded.sha256, rows = excluded.rows,
      created_at = clock_timestamp(), missing_since = NULL
  ), unlisted AS (
    DELETE FROM archive_files f USING before
    WHERE f.id = before.id AND NOT EXISTS (SELECT FROM made WHERE made.name = before.name)
  ), kept AS (
    DELETE FROM upload_intents i USING made WHERE i.object_key = made."objectKey"
  ), replaced AS (
    INSERT INTO upload_intents (holder, epoch, object_key, not_before)
    SELECT day_id, epoch, object_key, clock_timestamp() + make_interval(secs => $5) FROM before
    ON CONFLICT (object_key) DO NOTHING
  )
  SELECT id FROM done`

/** Due again after a fault. $3 reason. */
export const putOffDay = `
  UPDATE archive_days d
  SET state = 'due', lease_until = NULL, reason = $3, failures = d.failures + 1,
    not_before = clock_timestamp() + ${backOff('d.failures + 1')}
  WHERE ${mine}`

/** Due again untouched: the worker is shutting down. */
export const handBackDay = `
  UPDATE archive_days d SET state = 'due', lease_until = NULL, not_before = clock_timestamp() WHERE ${mine}`

/** Days that could be claimed now, newest first. $1 how many. Index: archive_days_open. */
export const dueDays = `SELECT d.id FROM archive_days d WHERE ${mayBeClaimed} ORDER BY d.day DESC LIMIT $1`
