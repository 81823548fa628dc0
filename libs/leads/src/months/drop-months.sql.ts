import { type RepeatableSql, roles } from '#core'

/**
 * Answers the partitions that may go once they are empty: all but the one from MINVALUE on, and the months that are, were
 * just, or will soon be written into. Only what is small, because it is looked through under a lock; a month whose rows
 * were deleted becomes small by autovacuum.
 */
const droppableMonths: RepeatableSql = {
  name: 'droppable_months',
  sql: `
    CREATE OR REPLACE FUNCTION droppable_months() RETURNS TABLE (parent regclass, child regclass)
      LANGUAGE sql STABLE SET search_path = public, pg_temp SET timezone = 'UTC'
      AS $$
        SELECT p, r.child FROM unnest('{messages,interactions}'::regclass[]) p, month_ranges(p) r
        WHERE r.since > '-infinity' AND pg_relation_size(r.child) <= 1 << 20
          AND NOT (r.until > date_trunc('month', now()) - interval '1 month'
            AND r.since <= date_trunc('month', now()) + interval '3 months')
        ORDER BY r.since, p
      $$;
    REVOKE EXECUTE ON FUNCTION droppable_months FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION droppable_months TO ${roles.system};`,
}

/**
 * Drops a partition if it is empty, and answers whether it did. It throws 55P03 when it can't have the locks within
 * 100 ms, so that readers and writers are not held up for longer. It runs as the owner, and never looks through row-level
 * security: a policy that hid rows would make a full partition look empty.
 *
 * The partition is dropped while it is attached. DETACH CONCURRENTLY would spare readers of the parent the lock, but the
 * table that it leaves has foreign keys of its own, and dropping it locks chatbots, accounts and message_users
 * against everyone. It can't run in a function either, and no role that runs owns tables.
 */
const dropMonthIfEmpty: RepeatableSql = {
  name: 'drop_month_if_empty',
  sql: `
    CREATE OR REPLACE FUNCTION drop_month_if_empty(name text) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET row_security = off SET lock_timeout = '100ms'
      AS $$
      DECLARE
        month record;
        is_empty boolean;
      BEGIN
        SELECT m.* INTO month FROM droppable_months() m WHERE m.child::text = name;
        IF NOT FOUND THEN RETURN false; END IF;
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s)', month.child) INTO is_empty;
        IF NOT is_empty THEN RETURN false; END IF;
        PERFORM lock_months(ARRAY[month.parent, month.child], 'ACCESS EXCLUSIVE', 100);
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s)', month.child) INTO is_empty;
        IF is_empty THEN EXECUTE format('DROP TABLE %s', month.child); END IF;
        RETURN is_empty;
      END $$;
    REVOKE EXECUTE ON FUNCTION drop_month_if_empty FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION drop_month_if_empty TO ${roles.system};`,
}

export const droppingMonths: readonly RepeatableSql[] = [droppableMonths, dropMonthIfEmpty]
