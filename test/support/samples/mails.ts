import type { TestContext, TestWorkspace } from '../context.js'

/** Exports that have ended, each with its mail due: as workers leave them. @returns the exports' ids */
export async function addDueMails(
  context: TestContext,
  { workspace }: TestWorkspace,
  count: number,
  kind: 'export_completed' | 'export_failed' = 'export_completed',
): Promise<string[]> {
  const { rows } = await context.testDatabase.superuser.query<{ id: string }>(
    `WITH ended AS (
       INSERT INTO exports (id, workspace_id, api_key_id, dataset, format, filter, options, request_hash, recipient_name,
         recipient_email, locale, state, finished_at, expires_at, bytes, sha256, object_key, archive_name, reason)
       SELECT 'exp_' || right(replace(gen_random_uuid()::text, '-', ''), 16), w.id, k.id, 'leads', 'csv', '{}', '{}', 'h', 'Ana Peña',
         'ana@example.com', w.locale, CASE $2 WHEN 'export_failed' THEN 'failed' ELSE 'completed' END,
         clock_timestamp(), clock_timestamp() + interval '7 days', 10, 'ab', 'key', 'exports/all/x.csv',
         CASE $2 WHEN 'export_failed' THEN 'timed_out' END
       FROM workspaces w JOIN api_keys k ON k.workspace_id = w.id AND k.kind = 'api_key', generate_series(1, $3)
       WHERE w.id = $1
       RETURNING id, workspace_id, reason
     )
     INSERT INTO mail_outbox (workspace_id, export_id, kind, export_reason)
     SELECT workspace_id, id, $2, reason FROM ended RETURNING export_id AS id`,
    [workspace.id, kind, count],
  )
  return rows.map(({ id }) => id)
}
