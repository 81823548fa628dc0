import { Inject, Injectable } from '@nestjs/common'
import { AppError, Database } from '#core'
import { type Attempt, CleanupService } from '../cleanup/cleanup.service.js'
import type { Export } from '../export.entity.js'
import { ExportsService } from '../exports.service.js'
import * as sql from './export-files.sql.js'

/** How long a request removes one object after another; a janitor removes the rest. */
const REMOVE_MS = 5000

/** What ended with a key. */
export interface EndedExports {
  /** Exports that were queued or running: a file that they made would be mailed. */
  cancelled: number
  /** Files whose links are revoked, or which are deleted. */
  files: number
  /** Deleted files that the store has not confirmed yet; a worker removes them. */
  pending: number
}

/** Ends the access to files of exports: of one, or of every one that a key asked for. */
@Injectable()
export class ExportFilesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ExportsService) private readonly exports: Pick<ExportsService, 'get'>,
    @Inject(CleanupService) private readonly cleanup: Pick<CleanupService, 'removeFile'>,
  ) {}

  /**
   * Revokes every link to the export's page, in mails that were sent and in mails that wait. URLs that the page handed out
   * before live on; `remove` ends them too.
   *
   * @returns the export with the version that a new link has
   * @throws AppError 404 that names `id`, 409 for an export that has no file
   */
  async revokeLink(workspaceId: string, id: string): Promise<Export> {
    const { rowCount } = await this.database.system.query(sql.revokeLinks('export'), [workspaceId, id])
    const found = await this.exports.get(workspaceId, id)
    if (rowCount === 0) throw noFile(found)
    return found
  }

  /**
   * Removes the export's file from the index and from the store, as if its time were over. May be called again.
   *
   * @returns the export, and whether the store has confirmed; a worker tries again where it has not
   * @throws AppError 404 that names `id`, 409 for an export that has no file, such as one that is queued or running
   */
  async remove(workspaceId: string, id: string): Promise<{ found: Export; isRemoved: boolean }> {
    await this.database.system.query(sql.removeFiles('export'), [workspaceId, id])
    const found = await this.exports.get(workspaceId, id)
    if (found.state !== 'expired') throw noFile(found)
    return { found, isRemoved: await this.cleanup.removeFile(found) }
  }

  /** Revokes the links of every export that the key asked for, and cancels those that are not done. */
  async revokeLinksOfKey(workspaceId: string, keyId: string): Promise<EndedExports> {
    const cancelled = await this.cancelOfKey(workspaceId, keyId)
    const { rowCount } = await this.database.system.query(sql.revokeLinks('key'), [workspaceId, keyId])
    return { cancelled, files: rowCount ?? 0, pending: 0 }
  }

  /** Removes the file of every export that the key asked for, and cancels those that are not done. */
  async removeOfKey(workspaceId: string, keyId: string): Promise<EndedExports> {
    const cancelled = await this.cancelOfKey(workspaceId, keyId)
    const { rows } = await this.database.system.query<Attempt>(sql.removeFiles('key'), [workspaceId, keyId])
    return { cancelled, files: rows.length, pending: rows.length - (await this.removeEach(rows)) }
  }

  /** A statement of its own: an export that is completed meanwhile is seen by the one that comes after. */
  private async cancelOfKey(workspaceId: string, keyId: string): Promise<number> {
    const { rowCount } = await this.database.system.query(sql.cancelOfKey, [workspaceId, keyId])
    return rowCount ?? 0
  }

  /** @returns how many are gone; what the store does not answer for one, it does not answer for the next */
  private async removeEach(attempts: Attempt[]): Promise<number> {
    const until = performance.now() + REMOVE_MS
    let removed = 0
    for (const attempt of attempts) {
      if (performance.now() >= until || !(await this.cleanup.removeFile(attempt))) break
      removed += 1
    }
    return removed
  }
}

const noFile = ({ state }: Export): AppError =>
  new AppError('CONFLICT', {
    field: 'id',
    message:
      state === 'queued' || state === 'running'
        ? `The export is ${state}: cancel it instead`
        : `The export is ${state}: it has no file`,
  })
