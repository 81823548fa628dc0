import { parse } from 'csv-parse/sync'
import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { ObjectStore } from '#core'
import type { TestContext } from '../context.js'
import { unzip } from './unzip.js'

/** A daily archive in the index. */
export interface IndexRow {
  name: string
  model: string
  folder: string
  day: string
  rows: number
  size: number
  sha256: string
  objectKey: string
}

/** The daily archives of a workspace, by name. */
export async function dailyArchives(context: TestContext, workspaceId: string): Promise<IndexRow[]> {
  const { rows } = await context.testDatabase.superuser.query<IndexRow>(
    `SELECT name, model, account_folder AS folder, day::text AS day, rows::int AS rows, size::int AS size, sha256,
       object_key AS "objectKey"
     FROM archive_files WHERE workspace_id = $1 AND format = 'csv' AND export_id IS NULL ORDER BY name COLLATE "C"`,
    [workspaceId],
  )
  return rows
}

/** The rows of an archive by the names of its columns, once its bytes are what the index says. */
export async function contentOf(context: TestContext, file: IndexRow): Promise<Record<string, string>[]> {
  const store = new ObjectStore(context.config)
  try {
    const zip = await buffer(await store.get(file.objectKey))
    expect(zip.length).toBe(file.size)
    expect(createHash('sha256').update(zip).digest('hex')).toBe(file.sha256)
    const files = unzip(zip)
    expect(Object.keys(files)).toEqual([`${file.day}.csv`])
    return parse(files[`${file.day}.csv`]!, { columns: true })
  } finally {
    store.close()
  }
}

export interface DayRow {
  day: string
  state: string
  epoch: number
  files: number | null
  reason: string | null
}

/** The table of days of a workspace, oldest first. */
export async function archiveDays({ testDatabase }: TestContext, workspaceId: string): Promise<DayRow[]> {
  const { rows } = await testDatabase.superuser.query<DayRow>(
    `SELECT day::text AS day, state, epoch, files, reason FROM archive_days WHERE workspace_id = $1 ORDER BY day`,
    [workspaceId],
  )
  return rows
}
