import { type RepeatableSql, roles } from '#core'

/**
 * Makes the partition of one table that holds a month, which has none. From the boundary on it is a partition of that
 * month. Older times share: the partition takes everything between its neighbours, which happens only where an older
 * month was there before the boundary.
 */
const makeMonth: RepeatableSql = {
  name: 'make_month',
  sql: `
    CREATE OR REPLACE FUNCTION make_month(parent text, month timestamptz) RETURNS void
      LANGUAGE plpgsql
      AS $$
      DECLARE
        child text := parent || to_char(month, '_YYYY_MM');
        since timestamptz := month;
        until timestamptz := month + interval '1 month';
      BEGIN
        IF month < month_boundary() THEN
          SELECT max(r.until) FILTER (WHERE r.until <= month),
              least(month_boundary(), min(r.since) FILTER (WHERE r.since > month))
            INTO since, until FROM month_ranges(parent::regclass) r;
          child := parent || to_char(since, '"_from"_YYYY_MM');
        END IF;
        -- A table that is made and then attached locks out nobody who reads.
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', child, parent);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, child, since, until);
      END $$;
    REVOKE EXECUTE ON FUNCTION make_month FROM PUBLIC;`,
}

/**
 * Makes the partition of one table for one month where it is missing. The foreign keys of a new partition lock the tables
 * that they refer to against writers, so these locks are asked for briefly, and again: whoever writes is not held up for
 * longer than one attempt. The last attempt lasts longer than deadlock_timeout, after which PostgreSQL ends an autovacuum
 * that holds such a table. It throws 55P03 when that one fails as well.
 */
const openMonth: RepeatableSql = {
  name: 'open_month',
  sql: `
    CREATE OR REPLACE FUNCTION open_month(parent text, month timestamptz) RETURNS void
      LANGUAGE plpgsql
      AS $$
      DECLARE
        waits CONSTANT int[] := '{100,200,400,800,1600}';
        wait int;
      BEGIN
        IF has_month(parent, month) THEN RETURN; END IF;
        -- One at a time over all processes: writers wait behind one partition, not behind all that are asked for.
        PERFORM set_config('lock_timeout', '10s', true);
        PERFORM pg_advisory_xact_lock(hashtextextended('open_month', 0));
        -- Another process that had the lock before may have made it.
        IF has_month(parent, month) THEN RETURN; END IF;
        FOREACH wait IN ARRAY waits LOOP
          BEGIN
            PERFORM lock_months(
              ARRAY(SELECT DISTINCT confrelid::regclass FROM pg_constraint
                WHERE conrelid = parent::regclass AND contype = 'f' ORDER BY 1),
              'SHARE ROW EXCLUSIVE', wait);
            PERFORM make_month(parent, month);
            RETURN;
          EXCEPTION WHEN lock_not_available THEN
            IF wait = waits[array_length(waits, 1)] THEN RAISE; END IF;
          END;
          PERFORM pg_sleep(0.05);
        END LOOP;
      END $$;
    REVOKE EXECUTE ON FUNCTION open_month FROM PUBLIC;`,
}

/**
 * Makes the partitions of every month from one time to another (UTC) where they are missing. It runs as the owner,
 * because only the owner may create tables; whoever writes events calls it.
 */
const ensureMonthPartitions: RepeatableSql = {
  name: 'ensure_month_partitions',
  sql: `
    CREATE OR REPLACE FUNCTION ensure_month_partitions(since timestamptz, until timestamptz) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO'
      SET lock_timeout = '100ms'
      AS $$
      DECLARE
        month timestamptz;
      BEGIN
        IF since > until OR since < '2000-01-01' OR until > clock_timestamp() + interval '2 years' THEN
          RAISE EXCEPTION 'month partitions from % to % are out of range', since, until USING ERRCODE = '22023';
        END IF;
        FOR month IN SELECT generate_series(date_trunc('month', since), date_trunc('month', until), interval '1 month') LOOP
          PERFORM open_month('messages', month), open_month('interactions', month);
        END LOOP;
      END $$;
    REVOKE EXECUTE ON FUNCTION ensure_month_partitions FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ensure_month_partitions TO ${roles.app}, ${roles.system};`,
}

/** In the order that they call each other. */
export const openingMonths: readonly RepeatableSql[] = [makeMonth, openMonth, ensureMonthPartitions]
