import { Inject, Injectable } from '@nestjs/common'
import { Database, notFound, ObjectStore, type Page, pageOf } from '#core'
import { type FormatName, formatNames } from '../formats/format.js'
import { ArchiveFile } from './archive-file.entity.js'
import { folderOf, insideOf, type NameRange, past } from './archive-range.js'
import { archiveLevel, archiveLevelBackwards, fileByName, filesOfDays } from './archive.sql.js'

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

export interface LevelQuery {
  format: FormatName
  prefix: string
  after?: string
  limit: number
  backwards?: boolean
}

export interface DaysQuery {
  /** YYYY-MM-DD, both of them included. */
  first: string
  last: string
  /** '' for all of them, else with or without its trailing slash. */
  folder: string
  /** The file before the first wanted one. */
  after?: { day: string; name: string }
  limit: number
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
   * @param prefix '' for the root, else a folder with or without its trailing slash; one that nobody has is empty
   * @param after `complete` of the entry before the first wanted one
   * @param backwards from the last name to the first
   */
  async list(
    workspaceId: string,
    { format, prefix, after, limit, backwards = false }: LevelQuery,
  ): Promise<{ entries: ArchiveEntry[]; hasMore: boolean }> {
    const folder = folderOf(prefix)
    const { from, until } = levelRange(folder, after, backwards)
    const rows = await this.database.read<LevelRow>(workspaceId, {
      ...(backwards
        ? { name: 'archive-level-backwards', text: archiveLevelBackwards }
        : { name: 'archive-level', text: archiveLevel }),
      values: [format, from, until, folder.length, limit + 1],
      planned: 'once',
    })
    const entries = rows.map((row) => entryOf(row, folder))
    return { entries: entries.slice(0, limit), hasMore: entries.length > limit }
  }

  /** Files of some days below a folder, the latest day first. */
  async search(
    workspaceId: string,
    { first, last, folder, after, limit }: DaysQuery,
  ): Promise<Page<ArchiveFile>> {
    const { from, until } = insideOf(folderOf(folder))
    const [day, name] = after === undefined ? [null, null] : [after.day, past(after.name)]
    const rows = await this.database.read<ArchiveFile>(workspaceId, {
      name: 'archive-days',
      text: filesOfDays,
      values: [first, day ?? last, from, until, day, name, limit + 1],
      planned: 'once',
    })
    return pageOf(rows, limit, (file) => [file.day, file.name])
  }

  /** @throws AppError 404 that names `name` */
  async find(workspaceId: string, name: string): Promise<ArchiveFile> {
    const [found] = await this.database.read<ArchiveFile>(workspaceId, {
      name: 'archive-file',
      text: fileByName,
      values: [name, formatNames],
      planned: 'once',
    })
    if (found === undefined) throw notFound('name', 'The file')
    return found
  }

  /** A presigned URL that is good for `seconds`. */
  link(file: { objectKey: string; name: string }, seconds: number): Promise<string> {
    return this.store.presign(file.objectKey, file.name.slice(file.name.lastIndexOf('/') + 1), seconds)
  }
}

function levelRange(folder: string, after: string | undefined, backwards: boolean): NameRange {
  const inside = insideOf(folder)
  if (after === undefined) return inside
  return backwards ? { ...inside, until: after } : { ...inside, from: past(after) }
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
