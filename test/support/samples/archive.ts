import type { Queryable } from '#core'

/** Models × accounts × days. */
export interface ArchiveSize {
  models: readonly string[]
  accounts: number
  days: number
  /** YYYY-MM-DD of the first day. */
  firstDay?: string
}

/** The archive index of a workspace, as the daily builds would leave it; there are no objects behind it. */
export async function addArchive(
  superuser: Queryable,
  workspaceId: string,
  { models, accounts, days, firstDay = '2024-01-01' }: ArchiveSize,
): Promise<void> {
  await superuser.query(
    `INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day)
     SELECT $1, 'csv', model, folder, model || '/' || folder || '/' || day || '.zip',
       $1 || '/' || model || '/' || folder || '/' || day, 1000 + n, repeat('0', 64), n, day
     FROM unnest($2::text[]) model,
       LATERAL (SELECT n, 'shop-' || n || '-web-' || lpad(to_hex(n), 24, '0') AS folder
         FROM generate_series(1, $3::int) n) account,
       LATERAL (SELECT $5::date + d AS day FROM generate_series(0, $4::int - 1) d) day`,
    [workspaceId, models, accounts, days, firstDay],
  )
}

/** One file of the index. @param name `exports/…` or `{model}/…` */
export async function addArchiveFile(
  superuser: Queryable,
  workspaceId: string,
  { name, day, format = 'csv', size = 1, rows = 1, objectKey = `${workspaceId}/${name}` }: SampleFile,
): Promise<void> {
  const [top = '', folder = ''] = name.split('/')
  await superuser.query(
    `INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      workspaceId,
      format,
      top === 'exports' ? 'leads' : top,
      folder,
      name,
      objectKey,
      size,
      '0'.repeat(64),
      rows,
      day,
    ],
  )
}

export interface SampleFile {
  name: string
  /** YYYY-MM-DD. */
  day: string
  format?: string
  size?: number
  rows?: number
  objectKey?: string
}
