import { type ExportState, statesBefore } from '../export.states.js'
import { exportQueue } from './claim-export.sql.js'
import { dueIds } from './fair-queue.sql.js'
import { takeOverIntent } from './upload-intents.sql.js'

/** `exports.state` is one from which `next` may follow, as export.states.ts has it. */
const mayBecome = (next: ExportState): string =>
  `e.state IN (${statesBefore(next)
    .map((state) => `'${state}'`)
    .join(', ')})`

/** Only the holder of the newest claim, and only while the export runs: $1 id, $2 epoch. */
const mine = `e.id = $1 AND e.epoch = $2 AND e.state = 'running'`

/** $1 worker, $2 lease in seconds, $3 how many crashes are too many. */
export const claimExport = `
  SELECT c.id, c.workspace_id AS "workspaceId", w.codename, c.dataset, c.format, c.gzip, c.filter, c.options, c.epoch, c.traceparent,
    to_char(c.accepted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "acceptedAt",
    to_char(c.accepted_at AT TIME ZONE w.time_zone, 'YYYY-MM-DD') AS "day"
  FROM claim_export($1, make_interval(secs => $2), $3) c JOIN workspaces w ON w.id = c.workspace_id`

/** Renews the lease and says how far it is. $3 lease in seconds, $4 rows. */
export const heartbeat = `
  UPDATE exports e SET lease_until = clock_timestamp() + make_interval(secs => $3), rows_done = $4 WHERE ${mine}`

/** $3 object key. */
export const recordIntent = `
  INSERT INTO upload_intents (holder, epoch, object_key)
  SELECT e.id, e.epoch, $3 FROM exports e WHERE ${mine}
  ${takeOverIntent}`

/**
 * Completed, in the archive index, and a mail due: all or nothing, and only for the holder of the claim.
 * $3 rows, $4 bytes, $5 sha256, $6 object key, $7 archive name, $8 account folder, $9 day, $10 snapshot, $11 cut cells.
 */
export const finishExport = `
  WITH done AS (
    UPDATE exports e
    SET state = 'completed', lease_until = NULL, finished_at = clock_timestamp(), reason = NULL,
      expires_at = clock_timestamp() + make_interval(days => w.retention_days),
      rows_done = $3, bytes = $4, sha256 = $5, object_key = $6, archive_name = $7, snapshot_at = $10, truncated_cells = $11
    FROM workspaces w
    WHERE ${mine} AND ${mayBecome('completed')} AND w.id = e.workspace_id
    RETURNING e.*
  ), indexed AS (
    INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day, export_id)
    SELECT workspace_id, format, dataset, $8, archive_name, object_key, bytes, sha256, rows_done, $9::date, id FROM done
  ), kept AS (
    DELETE FROM upload_intents i USING done WHERE i.holder = done.id AND i.epoch = done.epoch
  ), mailed AS (
    INSERT INTO mail_outbox (workspace_id, export_id, kind, retries)
    SELECT workspace_id, id, 'export_completed', retries FROM done ON CONFLICT (export_id, kind, retries) DO NOTHING
  )
  SELECT id FROM done`

/** Tells the recipient of every export in `ended` that failed. */
const mailFailures = `
  INSERT INTO mail_outbox (workspace_id, export_id, kind, retries, export_reason)
  SELECT workspace_id, id, 'export_failed', retries, reason FROM ended WHERE state = 'failed'
  ON CONFLICT (export_id, kind, retries) DO NOTHING`

/**
 * Back to the queue after a fault that may pass: 5 s, doubled with every deferral up to a minute. Failed
 * once it was put off for too long, which counts from the first time: until then it only waited for a worker. $3 reason,
 * $4 seconds after which to give up.
 */
export const putOffExport = `
  WITH ended AS (
    UPDATE exports e
    SET state = CASE WHEN given_up THEN 'failed' ELSE 'queued' END, lease_until = NULL, reason = $3,
      deferrals = deferrals + 1, tried_since = CASE WHEN deferrals = 0 THEN clock_timestamp() ELSE tried_since END,
      not_before = clock_timestamp() + make_interval(secs => least(60, 5 * 2 ^ least(deferrals, 10))),
      finished_at = CASE WHEN given_up THEN clock_timestamp() END
    FROM (
      SELECT deferrals > 0 AND tried_since + make_interval(secs => $4) < clock_timestamp() AS given_up
      FROM exports WHERE id = $1
    ) g
    WHERE ${mine} AND ${mayBecome('queued')}
    RETURNING e.id, e.workspace_id, e.state, e.retries, e.reason
  ), mailed AS (${mailFailures})
  SELECT state FROM ended`

/** Back to the queue untouched, to its place in it: the worker is shutting down. */
export const handBackExport = `
  UPDATE exports e SET state = 'queued', lease_until = NULL
  WHERE ${mine} AND ${mayBecome('queued')}`

/** A fault of ours: counted as a crash, failed with the last one allowed. $3 reason, $4 how many crashes are too many. */
export const crashExport = `
  WITH ended AS (
    UPDATE exports e
    SET state = CASE WHEN crashes + 1 >= $4 THEN 'failed' ELSE 'queued' END, lease_until = NULL, reason = $3,
      crashes = crashes + 1, not_before = clock_timestamp() + make_interval(secs => 5 * (crashes + 1)),
      finished_at = CASE WHEN crashes + 1 >= $4 THEN clock_timestamp() END
    WHERE ${mine} AND ${mayBecome('failed')}
    RETURNING e.id, e.workspace_id, e.state, e.retries, e.reason
  ), mailed AS (${mailFailures})
  SELECT state FROM ended`

/** Failed at once: trying again would end the same. $3 reason. */
export const failExport = `
  WITH ended AS (
    UPDATE exports e SET state = 'failed', lease_until = NULL, reason = $3, finished_at = clock_timestamp()
    WHERE ${mine} AND ${mayBecome('failed')}
    RETURNING e.id, e.workspace_id, e.state, e.retries, e.reason
  ), mailed AS (${mailFailures})
  SELECT state FROM ended`

/** Exports whose worker was lost once too often. $1 how many crashes are too many. */
export const failLostExports = `
  WITH ended AS (
    UPDATE exports e
    SET state = 'failed', lease_until = NULL, reason = 'worker_lost', crashes = crashes + 1, finished_at = clock_timestamp()
    WHERE e.state = 'running' AND e.lease_until <= clock_timestamp() AND e.crashes + 1 >= $1
    RETURNING e.id, e.workspace_id, e.state, e.retries, e.reason
  ), mailed AS (${mailFailures})
  SELECT id FROM ended`

/** Exports that could be claimed now, one per free slot of each workspace at most. $1 how many. Index: exports_due. */
export const dueExports = dueIds(exportQueue)
