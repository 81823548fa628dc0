/**
 * One level of the archive tree, in the order of bytes. It steps from one entry to the next through the
 * index and never reads what lies inside a folder: after `leads/…` it looks for what is past `leads0`
 * ('0' follows '/' in ASCII), so a level costs its own entries, however many files there are below.
 *
 * $1 format, $2 prefix ('' or ending in '/'), $3 the entry to start after ('' for the first), $4 how many.
 * Index: archive_files_name.
 */
export const archiveLevel = `
  WITH RECURSIVE level AS (
    (SELECT f.name, f.size, f.rows, f.day, position('/' IN substr(f.name, length($2) + 1)) AS slash, 1 AS n
     FROM archive_files f
     WHERE f.format = $1 AND f.name COLLATE "C" > CASE WHEN $3 LIKE '%/' THEN rtrim($3, '/') || '0' ELSE greatest($2, $3) END
       AND starts_with(f.name, $2)
     ORDER BY f.name COLLATE "C" LIMIT 1)
    UNION ALL
    SELECT next.name, next.size, next.rows, next.day, position('/' IN substr(next.name, length($2) + 1)), level.n + 1
    FROM level, LATERAL (
      SELECT f.name, f.size, f.rows, f.day FROM archive_files f
      WHERE f.format = $1 AND f.name COLLATE "C" > CASE
          WHEN level.slash > 0 THEN left(level.name, length($2) + level.slash - 1) || '0'
          ELSE level.name END
        AND starts_with(f.name, $2)
      ORDER BY f.name COLLATE "C" LIMIT 1
    ) next
    WHERE level.n < $4::int
  )
  SELECT name, size, rows, day::text, slash FROM level`
