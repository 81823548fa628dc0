import type { Database } from '#core'
import { indexPage } from './audit.sql.js'

const PAGE = 1000

/** A file as the archive index has it. */
export interface IndexFile {
  /** A bigint as text. */
  id: string
  /** Its object's. */
  key: string
  /** Bytes, a bigint as text. */
  size: string
  workspaceId: string
  exportId: string | null
  name: string
  wasMissing: boolean
}

/** The whole index in the order of its objects' keys, a page in memory at a time, and no connection held in between. */
export async function* indexFiles(database: Database): AsyncGenerator<IndexFile> {
  let after = ''
  for (;;) {
    const { rows } = await database.system.query<IndexFile>(indexPage, [after, PAGE])
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.key
  }
}
