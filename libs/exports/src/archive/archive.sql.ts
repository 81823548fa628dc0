const file = `f.format, f.model, f.account_folder AS "accountFolder", f.name, f.object_key AS "objectKey",
  f.size, f.sha256, f.rows, f.day::text AS day, f.export_id AS "exportId", f.workspace_id AS "workspaceId", f.id`

/**
 * $1 name, $2 every format: an index by the name alone would do, and the planner would take it for levels too, where
 * it walks over the files of other formats. Index: archive_files_name.
 */
export const fileByName = `SELECT ${file} FROM archive_files f WHERE f.name = $1 AND f.format = ANY ($2)`

/**
 * One level of the archive tree. It steps from one entry to the next through the index and never reads what lies
 * inside a folder nor what lies behind the level: a level costs its own entries, however many files there are
 * below it and beside it. The bounds of a step are those of archive-range.ts.
 *
 * $1 format, $2 and $3 the names to start from and to stop before, $4 length of the folder's name, $5 how many.
 * Index: archive_files_name.
 */
const levelBy = (order: 'ASC' | 'DESC', from: string, until: string) => `
  WITH RECURSIVE level AS (
    (SELECT f.name, f.size, f.rows, f.day, strpos(substr(f.name, $4::int + 1), '/') AS slash, 1 AS n
     FROM archive_files f
     WHERE f.format = $1 AND f.name >= $2 AND f.name < $3
     ORDER BY f.name ${order} LIMIT 1)
    UNION ALL
    SELECT next.name, next.size, next.rows, next.day, strpos(substr(next.name, $4::int + 1), '/'), level.n + 1
    FROM level, LATERAL (
      SELECT f.name, f.size, f.rows, f.day FROM archive_files f
      WHERE f.format = $1 AND f.name >= ${from} AND f.name < ${until}
      ORDER BY f.name ${order} LIMIT 1
    ) next
    WHERE level.n < $5::int
  )
  SELECT name, size, rows, day::text, slash FROM level`

export const archiveLevel = levelBy(
  'ASC',
  `CASE WHEN level.slash > 0 THEN left(level.name, $4::int + level.slash - 1) || '0' ELSE level.name || ' ' END`,
  '$3',
)

/** The same from its end, for names that begin with a day. */
export const archiveLevelBackwards = levelBy(
  'DESC',
  '$2',
  `CASE WHEN level.slash > 0 THEN left(level.name, $4::int + level.slash) ELSE level.name END`,
)

/**
 * Files of some days below a folder, in any format: the latest day first, by name within a day. Each day is
 * looked up by itself, so that a small folder costs no walk over what others have on those days; a nested loop
 * keeps the order, and ends when it has enough.
 *
 * $1 and $2 first and last day, $3 and $4 the names to start from and to stop before, $5 and $6 the day and the
 * name to go on from (NULL for the first page), $7 how many. Index: archive_files_day.
 */
export const filesOfDays = `
  SELECT found.*
  FROM (SELECT greatest($1::date, (SELECT f.day FROM archive_files f ORDER BY f.day LIMIT 1)) AS first,
      least($2::date, (SELECT f.day FROM archive_files f ORDER BY f.day DESC LIMIT 1)) AS last) days,
    generate_series(0, days.last - days.first) back,
    LATERAL (
      SELECT ${file} FROM archive_files f
      WHERE f.day = days.last - back AND f.name < $4
        AND f.name >= CASE WHEN days.last - back = $5::date THEN $6 ELSE $3 END
      ORDER BY f.name LIMIT $7::int
    ) found
  LIMIT $7::int`
