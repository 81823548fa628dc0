import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * One partition of messages, and one of interactions, for every time before a boundary. Without them each month that an
 * event names, back to 2000, opens two tables and their ten indexes for everyone.
 */
export class OldMonths1767225600025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(oldMonths)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('rows that share a partition do not go back to months'))
  }
}

/**
 * The boundary is a constant of this database: twelve months before this migration, so that no later setting moves a row.
 * Months that are there stay, so the partition ends at the oldest of them. What lies between older months and the
 * boundary gets a partition when an event needs one (`ensure_month_partitions`).
 */
const oldMonths = `
  DO $$
  DECLARE
    boundary timestamptz;
    oldest timestamptz;
    parent text;
  BEGIN
    PERFORM set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true);
    boundary := date_trunc('month', now()) - interval '12 months';
    EXECUTE format('CREATE FUNCTION month_boundary() RETURNS timestamptz LANGUAGE sql IMMUTABLE AS %L',
      format('SELECT timestamptz %L', boundary));
    -- Writers hold it, shared, so that none is in between.
    PERFORM pg_advisory_xact_lock(month_partitions_lock());
    FOREACH parent IN ARRAY ARRAY['messages', 'interactions'] LOOP
      SELECT min(substring(pg_get_expr(c.relpartbound, c.oid) FROM $re$FROM \\('([^']+)'\\)$re$)::timestamptz) INTO oldest
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = parent::regclass;
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', parent || '_before', parent);
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)',
        parent, parent || '_before', least(boundary, oldest));
    END LOOP;
  END $$;
`
