/**
 * The turn of a janitor, where its pace says so. One that failed, or whose worker was lost, is tried again after ten
 * minutes and not at once: it may be what took the worker down. $1 name, $2 seconds between two runs.
 */
export const beginRun = `
  INSERT INTO janitors AS j (name) VALUES ($1)
  ON CONFLICT (name) DO UPDATE SET last_started_at = clock_timestamp(), last_ended_at = NULL
  WHERE j.last_started_at + make_interval(
    secs => CASE WHEN j.last_ended_at IS NOT NULL AND j.problem IS NULL THEN $2 ELSE least($2, 600) END
  ) <= clock_timestamp()`

/** $1 name, $2 how much was done, $3 problem. */
export const endRun = `
  UPDATE janitors SET last_ended_at = clock_timestamp(), done = $2, problem = $3,
    last_succeeded_at = CASE WHEN $3::text IS NULL THEN clock_timestamp() ELSE last_succeeded_at END
  WHERE name = $1`

export const lastSuccesses = `
  SELECT name, extract(epoch FROM last_succeeded_at)::float8 AS at FROM janitors WHERE last_succeeded_at IS NOT NULL`
