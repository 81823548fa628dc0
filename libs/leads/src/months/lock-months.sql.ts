import type { RepeatableSql } from '#core'

/**
 * Locks tables one after the other, and throws 55P03 when all of it takes longer than so many milliseconds: whoever waits
 * behind one of these locks is held up for no longer. It leaves its lock_timeout to the function that calls it, which has
 * a SET clause of it and so restores the caller's.
 */
export const lockMonths: RepeatableSql = {
  name: 'lock_months',
  sql: `
    CREATE OR REPLACE FUNCTION lock_months(tables regclass[], mode text, within_ms int) RETURNS void
      LANGUAGE plpgsql
      AS $$
      DECLARE
        began timestamptz := clock_timestamp();
        one regclass;
      BEGIN
        PERFORM set_config('lock_timeout', within_ms::text, true);
        -- A batch of events holds it, shared, from before its first row to its end. It comes first: a batch that waits for
        -- it holds nothing that we need.
        PERFORM pg_advisory_xact_lock(month_partitions_lock());
        FOREACH one IN ARRAY tables LOOP
          PERFORM set_config('lock_timeout', greatest(1,
            within_ms - (extract(epoch FROM clock_timestamp() - began) * 1000)::int)::text, true);
          EXECUTE format('LOCK TABLE ONLY %s IN %s MODE', one, mode);
        END LOOP;
      END $$;
    REVOKE EXECUTE ON FUNCTION lock_months FROM PUBLIC;`,
}
