import { Inject, Injectable } from '@nestjs/common'
import { Database, notFound, ObjectStore } from '#core'
import type { FormatName } from '../formats/format.js'
import { ArchiveFile } from './archive-file.entity.js'
import { archiveLevel } from './archive.sql.js'

/** A folder or a file of one level. `complete` is the whole path; a folder's ends in a slash. */
export interface ArchiveEntry {
  /** The last segment, without a slash. */
  prefix: string
  complete: string
  /** Of a file: bytes, rows and its day. */
  size?: number
  rows?: number
  date?: string
}

interface LevelRow {
  name: string
  size: string
  rows: string
  day: string
  slash: number
}

/** Finds files in the archive index and hands out links to them. */
@Injectable()
export class ArchiveService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ObjectStore) private readonly store: ObjectStore,
  ) {}

  /**
   * One level below `prefix`.
   * @param prefix '' for the root, else a folder with or without its trailing slash
   * @param after `complete` of the entry before the first wanted one
   */
  async list(
    workspaceId: string,
    query: { format: FormatName; prefix: string; after?: string; limit: number },
  ): Promise<{ entries: ArchiveEntry[]; hasMore: boolean }> {
    const prefix = query.prefix === '' || query.prefix.endsWith('/') ? query.prefix : `${query.prefix}/`
    const values = [query.format, prefix, query.after ?? '', query.limit + 1]
    const rows = await this.database.read<LevelRow>(workspaceId, {
      name: 'archive-level',
      text: archiveLevel,
      values,
    })
    const entries = rows.map((row) => entryOf(row, prefix))
    return { entries: entries.slice(0, query.limit), hasMore: entries.length > query.limit }
  }

  /** @throws AppError 404 that names `name` */
  async find(workspaceId: string, name: string): Promise<ArchiveFile> {
    const found = await this.database.tenantEntities(workspaceId, (entities) =>
      entities.findOneBy(ArchiveFile, { name }),
    )
    if (found === null) throw notFound('name', 'The file')
    return found
  }

  /** A presigned URL that is good for `seconds`. */
  link(file: { objectKey: string; name: string }, seconds: number): Promise<string> {
    return this.store.presign(file.objectKey, file.name.slice(file.name.lastIndexOf('/') + 1), seconds)
  }
}

function entryOf(row: LevelRow, prefix: string): ArchiveEntry {
  if (row.slash === 0) {
    const { size, rows, day: date } = row
    return {
      prefix: row.name.slice(prefix.length),
      complete: row.name,
      size: Number(size),
      rows: Number(rows),
      date,
    }
  }
  const segment = row.name.slice(prefix.length, prefix.length + row.slash - 1)
  return { prefix: segment, complete: `${prefix}${segment}/` }
}
