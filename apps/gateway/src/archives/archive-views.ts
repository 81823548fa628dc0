import { Inject, Injectable } from '@nestjs/common'
import { type ArchiveEntry, type ArchiveFile, ArchiveService } from '#exports'
import { type SealedPage, SealedPages } from '../http/sealed-pages.js'
import type { ArchiveViewQuery } from './archive-view.schema.js'
import { type WantedDays, wantedDays } from './wanted-days.js'

/** Of folders or of files: as many as a person looks through. */
const PAGE_SIZE = 100

/** What a page of the archive shows: a folder, or the files of some days below it. */
export type ArchiveView = { query: ArchiveViewQuery } & (
  | { kind: 'folder'; hasWrongDays: boolean; page: SealedPage<ArchiveEntry> }
  | { kind: 'days'; days: WantedDays; page: SealedPage<ArchiveFile> }
)

/** Reads what the pages show. */
@Injectable()
export class ArchiveViews {
  constructor(
    @Inject(ArchiveService) private readonly archive: ArchiveService,
    @Inject(SealedPages) private readonly pages: SealedPages,
  ) {}

  /** @throws AppError 400 INVALID_CURSOR */
  async read(workspaceId: string, query: ArchiveViewQuery): Promise<ArchiveView> {
    const days = wantedDays(query)
    if (days === null) return this.folder(workspaceId, query)
    if (days === 'invalid') {
      return {
        ...(await this.folder(workspaceId, { ...query, cursor: undefined })),
        query,
        hasWrongDays: true,
      }
    }
    const { folder, cursor } = query
    const scope = { list: 'archive days', workspaceId, filter: { folder, ...days } }
    const page = await this.pages.read(scope, { size: PAGE_SIZE, offset: 0, cursor }, ({ limit, after }) => {
      const [day = '', name = ''] = after ?? []
      const place = after === undefined ? undefined : { day, name }
      return this.archive.search(workspaceId, { ...days, folder, limit, after: place })
    })
    return { kind: 'days', query, days, page }
  }

  private async folder(
    workspaceId: string,
    query: ArchiveViewQuery,
  ): Promise<ArchiveView & { kind: 'folder' }> {
    const { format, folder: prefix, cursor } = query
    // Below an account are days, of which people want the latest.
    const backwards = prefix.split('/').filter((segment) => segment !== '').length === 2
    const scope = { list: 'archive pages', workspaceId, filter: { format, prefix } }
    const page = await this.pages.read(scope, { size: PAGE_SIZE, offset: 0, cursor }, ({ limit, after }) =>
      this.archive.list(workspaceId, { format, prefix, limit, after: after?.[0], backwards }),
    )
    return { kind: 'folder', query, hasWrongDays: false, page }
  }
}
