/** What programs ask of the functions of months, as the role system. */

/**
 * The months of some that lack a partition. The ranges are read once, whatever the number of months. $1 months, each as
 * the time that it begins at.
 */
export const missingMonths = `
  WITH ranges AS MATERIALIZED (
    SELECT r.since, r.until FROM unnest('{messages,interactions}'::regclass[]) parent, month_ranges(parent) r
  )
  SELECT month FROM unnest($1::text[]) month
  WHERE (SELECT count(*) FROM ranges r WHERE r.since <= month::timestamptz AND month::timestamptz < r.until) < 2`

/** $1 the time that the month begins at. */
export const ensureMonth = 'SELECT ensure_month_partitions($1, $1)'

/** Partitions that may go if they are empty, the oldest first. */
export const droppableMonths = 'SELECT child::text AS name FROM droppable_months()'

/** $1 name of a partition. */
export const dropMonthIfEmpty = 'SELECT drop_month_if_empty($1) AS dropped'

/** How many partitions the table has that has more of them, and from when on each is of a month. */
export const countMonths = `
  SELECT count(*)::int AS count, month_boundary() AS boundary
  FROM unnest('{messages,interactions}'::regclass[]) parent, month_ranges(parent) GROUP BY parent ORDER BY 1 DESC LIMIT 1`
