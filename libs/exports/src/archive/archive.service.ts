import { Inject, Injectable } from '@nestjs/common'
import { Database, notFound, ObjectStore, type Page, pageOf } from '#core'
import { type FormatName, formatNames } from '../formats/format.js'
import { type ArchiveEntry, entryOf, type LevelRow } from './archive-entry.js'
import type { ArchiveFile } from './archive-file.entity.js'
import { downloadName } from './archive-name.js'
import { folderOf, insideOf, type NameRange, past } from './archive-range.js'
import { csvRoot } from './archive-root.js'
import { archiveLevel, archiveLevelBackwards, fileByName, filesOfDays } from './archive.sql.js'

export interface LevelQuery {
  format: FormatName
  /** '' for the root, else a folder with or without its trailing slash; one that nobody has is empty. */
  prefix: string
  /** `complete` of the entry before the first wanted one. */
  after?: string
  limit: number
  /** From the last name to the first; the root of csv has one order only. */
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

/**
 * The longest life of a link to a file, in seconds: the day that the Chat-Tonic document shows. An object that leaves the
 * index is kept for that long.
 */
export const MAX_LINK_SECONDS = 86_400

/** The root has a folder per model, and `exports`. */
const MOST_ROOTS = 100

/** Finds files in the archive index and hands out links to them. */
@Injectable()
export class ArchiveService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ObjectStore) private readonly store: ObjectStore,
  ) {}

  /** One level below `prefix`. At the root of csv the four models are always there. */
  async list(workspaceId: string, query: LevelQuery): Promise<Page<ArchiveEntry>> {
    const isCsvRoot = query.format === 'csv' && query.prefix === ''
    const entries = isCsvRoot
      ? csvRoot(await this.level(workspaceId, { format: 'csv', prefix: '', limit: MOST_ROOTS }), query.after)
      : await this.level(workspaceId, query)
    return pageOf(entries, query.limit, ({ complete }) => [complete])
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
    return this.store.presign(file.objectKey, downloadName(file.name), seconds)
  }

  /** One entry more than `limit`, where there is one. */
  private async level(
    workspaceId: string,
    { format, prefix, after, limit, backwards = false }: LevelQuery,
  ): Promise<ArchiveEntry[]> {
    const folder = folderOf(prefix)
    const { from, until } = levelRange(folder, after, backwards)
    const rows = await this.database.read<LevelRow>(workspaceId, {
      ...(backwards
        ? { name: 'archive-level-backwards', text: archiveLevelBackwards }
        : { name: 'archive-level', text: archiveLevel }),
      values: [format, from, until, folder.length, limit + 1],
      planned: 'once',
    })
    return rows.map((row) => entryOf(row, folder))
  }
}

function levelRange(folder: string, after: string | undefined, backwards: boolean): NameRange {
  const inside = insideOf(folder)
  if (after === undefined) return inside
  return backwards ? { ...inside, until: after } : { ...inside, from: past(after) }
}
