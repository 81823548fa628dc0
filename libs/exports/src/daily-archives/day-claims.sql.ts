import { dueIds } from '../claims/fair-queue.sql.js'
import { takeOverIntent } from '../claims/upload-intents.sql.js'
import { backOff, dayQueue } from './claim-day.sql.js'

/** Only the holder of the newest claim, and only until it has handed the day on: $1 id, $2 epoch. */
const mine = `d.id = $1 AND d.epoch = $2 AND d.state = 'building' AND d.worker IS NOT NULL`

const utc = (time: string): string => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

/** $1 worker, $2 lease in seconds. */
export const claimDay = `
  SELECT d.id, d.workspace_id AS "workspaceId", w.codename, d.day::text AS day, d.epoch,
    d.build_model AS "afterModel", d.build_account AS "afterAccount",
    ${utc('local_day_start(d.day, w.time_zone)')} AS "from", ${utc('local_day_start(d.day + 1, w.time_zone)')} AS "to"
  FROM claim_day($1, make_interval(secs => $2)) d JOIN workspaces w ON w.id = d.workspace_id`

/** $3 lease in seconds. */
export const renewDay = `
  UPDATE archive_days d SET lease_until = clock_timestamp() + make_interval(secs => $3) WHERE ${mine}`

/** $3 object keys. */
export const recordDayIntents = `
  WITH held AS (SELECT d.id, d.epoch FROM archive_days d WHERE ${mine}), listed AS (
    INSERT INTO upload_intents (holder, epoch, object_key)
    SELECT held.id, held.epoch, key FROM held, unnest($3::text[]) key
    ${takeOverIntent}
  )
  SELECT id FROM held`

/**
 * Keeps the files of a slice until the day is listed, in the place of their intents. A slice that is not the last one
 * ends the claim: another day has its turn. $3 the files, an array of objects; $4 when the database was looked at;
 * $5 and $6 model and account of the last file; $7 whether the claim ends.
 */
export const keepSlice = `
  WITH held AS (
    UPDATE archive_days d
    SET build_model = $5, build_account = $6, failures = 0, reason = NULL,
      worker = CASE WHEN $7 THEN NULL ELSE d.worker END,
      lease_until = CASE WHEN $7 THEN clock_timestamp() ELSE d.lease_until END
    WHERE ${mine}
    RETURNING d.id, d.epoch, d.build
  ), listed AS (
    INSERT INTO archive_day_files (day_id, build, model, account_folder, name, object_key, size, sha256, rows, snapshot_at)
    SELECT held.id, held.build, m.model, m."accountFolder", m.name, m."objectKey", m.bytes, m.sha256, m.rows, $4
    FROM held, jsonb_to_recordset($3::jsonb) AS m (
      model text, "accountFolder" text, name text, "objectKey" text, bytes bigint, sha256 text, rows bigint)
  ), uploaded AS (
    DELETE FROM upload_intents i USING held WHERE i.holder = held.id AND i.epoch = held.epoch
  )
  SELECT id FROM held`

/** $3 when the database was looked at, $4 for how many seconds a link may have been promised. */
export const finishDay = `SELECT FROM publish_day($1, $2, $3, make_interval(secs => $4)) AS published WHERE published`

/** Due again after a fault; the slices that are finished are kept. $3 reason. */
export const putOffDay = `
  UPDATE archive_days d
  SET state = 'due', lease_until = NULL, reason = $3, failures = d.failures + 1,
    not_before = clock_timestamp() + ${backOff('d.failures + 1')}
  WHERE ${mine}`

/** Due again untouched: the worker is shutting down. */
export const handBackDay = `
  UPDATE archive_days d SET state = 'due', lease_until = NULL, not_before = clock_timestamp() WHERE ${mine}`

/** Days that could be claimed now, of the workspaces in turn. $1 how many. */
export const dueDays = dueIds(dayQueue)
