/** What every export is asked for with. */
const COLUMNS = [
  'id',
  'workspace_id',
  'api_key_id',
  'dataset',
  'format',
  'gzip',
  'filter',
  'options',
  'request_hash',
  'recipient_name',
  'recipient_email',
  'locale',
]

/**
 * `accept_export` writes an export and answers it; the one that is in flight already where the caller joins it; nothing
 * where as many wait as may. What is asked for has the columns of the table that are not defaults. A function, because each
 * of its statements sees what was committed before it, after the lock.
 *
 * @param more columns that have come to the table since
 */
export function acceptExport(more: readonly string[]): string {
  const columns = [...COLUMNS, ...more]
  return `
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
        INSERT INTO exports (${columns.join(', ')})
        VALUES (${columns.map((column) => `asked.${column}`).join(', ')})
        RETURNING *;
    END $$;`
}
