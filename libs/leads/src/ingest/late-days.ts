import type pg from 'pg'
import type { IsoTime } from '#core'

/** Held until the end of a transaction that may mark late days, so that no day is marked after its archive's build has begun. */
export const lateDaysLock = `pg_advisory_xact_lock_shared(late_days_lock($1))`

/**
 * Days that were over when something of theirs came in or went away, by the workspace's clock. Last of a transaction:
 * two that write the same day wait for each other. $1 workspace, $2 times.
 */
const insertLateDays = `
  INSERT INTO late_days (workspace_id, day)
  SELECT DISTINCT w.id, (t AT TIME ZONE w.time_zone)::date
  FROM workspaces w, unnest($2::timestamptz[]) t
  WHERE w.id = $1 AND (t AT TIME ZONE w.time_zone)::date < (clock_timestamp() AT TIME ZONE w.time_zone)::date
  ORDER BY 2
  ON CONFLICT DO NOTHING`

/** Comes before the first write. */
export const holdLateDays = (client: pg.PoolClient, workspaceId: string) =>
  client.query(`SELECT ${lateDaysLock}`, [workspaceId])

/** Has the archives of the days of these times built anew, where the days are over. Comes after the last write. */
export const markLateDays = (client: pg.PoolClient, workspaceId: string, times: readonly IsoTime[]) =>
  client.query({ name: 'late-days', text: insertLateDays, values: [workspaceId, times] })
