import { type RepeatableSql, roles } from '#core'

/** Answers the partitions of `messages` or `interactions`, and from when to when each takes rows, from the catalog. */
const ranges: RepeatableSql = {
  name: 'month_ranges',
  sql: `
    CREATE OR REPLACE FUNCTION month_ranges(parent regclass)
      RETURNS TABLE (child regclass, since timestamptz, until timestamptz)
      LANGUAGE sql STABLE SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO'
      AS $$
        SELECT c.oid::regclass, coalesce(bounds[1]::timestamptz, '-infinity'), bounds[2]::timestamptz
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        CROSS JOIN LATERAL regexp_match(
          pg_get_expr(c.relpartbound, c.oid), $re$FROM \\((?:'(.+)'|MINVALUE)\\) TO \\('(.+)'\\)$re$) bounds
        WHERE i.inhparent = parent
      $$;
    REVOKE EXECUTE ON FUNCTION month_ranges FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION month_ranges TO ${roles.system};`,
}

/** Answers whether a table has a partition for a month, which is given as the time that it begins at. */
const hasMonth: RepeatableSql = {
  name: 'has_month',
  sql: `
    CREATE OR REPLACE FUNCTION has_month(parent text, month timestamptz) RETURNS boolean LANGUAGE sql
      AS $$ SELECT EXISTS (SELECT FROM month_ranges(parent::regclass) r WHERE r.since <= month AND month < r.until) $$;
    REVOKE EXECUTE ON FUNCTION has_month FROM PUBLIC;`,
}

export const monthRanges: readonly RepeatableSql[] = [ranges, hasMonth]
