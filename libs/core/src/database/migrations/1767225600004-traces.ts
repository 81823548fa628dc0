import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The trace that an export was asked for in, so that whoever renders and mails it goes on with it. */
export class Traces1767225600004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- W3C Trace Context; NULL where nobody traced the request.
      ALTER TABLE exports ADD COLUMN traceparent text;

      -- As before, and with the new column.
      CREATE OR REPLACE FUNCTION accept_export(request jsonb, join_in_flight boolean) RETURNS SETOF exports
        LANGUAGE plpgsql
        AS $$
        DECLARE
          asked CONSTANT exports := jsonb_populate_record(NULL::exports, request);
        BEGIN
          PERFORM wait_in_turn(asked.workspace_id);
          IF join_in_flight THEN
            RETURN QUERY
              SELECT * FROM exports e
              WHERE e.workspace_id = asked.workspace_id AND e.request_hash = asked.request_hash
                AND e.state IN ('queued', 'running')
              ORDER BY e.accepted_at LIMIT 1;
            IF FOUND THEN RETURN; END IF;
          END IF;
          IF NOT room_to_wait(asked.workspace_id) THEN RETURN; END IF;
          RETURN QUERY
            INSERT INTO exports (id, workspace_id, api_key_id, dataset, format, gzip, filter, options, request_hash,
              recipient_name, recipient_email, locale, traceparent)
            VALUES (asked.id, asked.workspace_id, asked.api_key_id, asked.dataset, asked.format, asked.gzip, asked.filter,
              asked.options, asked.request_hash, asked.recipient_name, asked.recipient_email, asked.locale,
              asked.traceparent)
            RETURNING *;
        END $$`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE exports DROP COLUMN traceparent')
  }
}
