/*
 * Who asks for days to be built. Days are upserted in their order, so that two who ask at once wait for one
 * another and never crosswise.
 */

/** What becomes of a day that is asked for again: a build under way is not disturbed but followed by another. */
const askAgain = `
  ON CONFLICT (workspace_id, day) DO UPDATE SET
    asked_at = clock_timestamp(),
    state = CASE d.state WHEN 'building' THEN 'building' ELSE 'due' END,
    not_before = CASE d.state WHEN 'due' THEN least(d.not_before, excluded.not_before) ELSE excluded.not_before END`

/**
 * Plans the days of every workspace that are over and not planned yet, from the day it was made on; run as `app`,
 * of the one workspace that it sees. Once the last day is there, so are all before it. $1 settle in seconds.
 * Index: archive_days_workspace_id_day_key.
 */
export const planDays = `
  INSERT INTO archive_days (workspace_id, day)
  SELECT w.id, w.first + n
  FROM (
    SELECT id, (created_at AT TIME ZONE time_zone)::date AS first,
      ((clock_timestamp() - make_interval(secs => $1)) AT TIME ZONE time_zone)::date - 1 AS last
    FROM workspaces
  ) w CROSS JOIN LATERAL generate_series(0, w.last - w.first) n
  WHERE NOT EXISTS (SELECT FROM archive_days d WHERE d.workspace_id = w.id AND d.day = w.last)
  ORDER BY w.id, n
  ON CONFLICT (workspace_id, day) DO NOTHING`

export const workspacesWithLateDays = `SELECT DISTINCT workspace_id AS id FROM late_days`

/** Waits for whoever is writing late days of the workspace, as the table's comment asks. $1 workspace. */
export const lockLateDays = `SELECT pg_advisory_xact_lock(late_days_lock($1))`

/**
 * Takes the late days of a workspace out and asks for them. What came in late for a day often comes in more than
 * one piece, so its build waits: a day is built anew once in $2 seconds at most. $1 workspace, $2 settle in seconds.
 */
export const takeLateDays = `
  WITH late AS (DELETE FROM late_days WHERE workspace_id = $1 RETURNING workspace_id, day)
  INSERT INTO archive_days AS d (workspace_id, day, not_before)
  SELECT late.workspace_id, late.day, clock_timestamp() + make_interval(secs => $2)
  FROM late JOIN workspaces w ON w.id = late.workspace_id
  -- One that is not over will be planned when it is.
  WHERE local_day_start(late.day + 1, w.time_zone) <= clock_timestamp()
  ORDER BY late.day
  ${askAgain}`

/** Of the workspace that `app` sees. */
export const localToday = `
  SELECT (clock_timestamp() AT TIME ZONE time_zone)::date::text AS today, time_zone AS "timeZone" FROM workspaces`

/** Asks for every day of a range of days that are over. $1 workspace, $2 first day, $3 last day, $4 settle in seconds. */
export const askForDays = `
  INSERT INTO archive_days AS d (workspace_id, day, not_before)
  SELECT w.id, day, greatest(clock_timestamp(), local_day_start(day + 1, w.time_zone) + make_interval(secs => $4))
  FROM workspaces w, generate_series(0, $3::date - $2::date) n, LATERAL (SELECT $2::date + n AS day) days
  WHERE w.id = $1
  ORDER BY day
  ${askAgain}
  RETURNING d.id, d.day::text AS day, d.state`
