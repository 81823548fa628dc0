import type { Evidence } from './evidence.js'

/** An export as the database has it; every bigint as text. */
export interface JudgedExport {
  id: string
  workspaceId: string
  workspace: string
  dataset: string
  format: string
  gzip: boolean
  filter: Record<string, string>
  options: { columns: { only?: string[] }; csv: { profile: string; raw: boolean } }
  state: string
  reason: string | null
  retries: number
  /** Completed, and its file should be gone by now. */
  overdue: boolean
  recipient: string
  rows: string
  bytes: string | null
  sha256: string | null
  objectKey: string | null
  files: IndexedFile[]
}

/** A row of the archive index. */
export interface IndexedFile {
  rows: string
  bytes: string
  sha256: string
  objectKey: string
}

const everyExport = `
  SELECT e.id, e.workspace_id AS "workspaceId", w.codename AS workspace, e.dataset, e.format, e.gzip, e.filter, e.options,
    e.state, e.reason, e.retries,
    e.state = 'completed' AND e.expires_at <= clock_timestamp() AS overdue, e.recipient_email AS recipient, e.rows_done::text AS rows, e.bytes::text, e.sha256,
    e.object_key AS "objectKey",
    coalesce((
      SELECT json_agg(json_build_object('rows', f.rows::text, 'bytes', f.size::text, 'sha256', f.sha256, 'objectKey', f.object_key))
      FROM archive_files f WHERE f.export_id = e.id), '[]') AS files
  FROM exports e JOIN workspaces w ON w.id = e.workspace_id ORDER BY e.accepted_at, e.id`

/** Every export there is, also those whose client never heard that they were accepted; the oldest first. */
export async function everyExportOf({ superuser }: Evidence): Promise<JudgedExport[]> {
  return (await superuser.query<JudgedExport>(everyExport)).rows
}
