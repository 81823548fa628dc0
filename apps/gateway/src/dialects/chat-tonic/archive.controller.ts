import { Controller, Get, Inject, Query } from '@nestjs/common'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger'
import { AppError, type Page } from '#core'
import { type ArchiveEntry, type ArchiveFile, ArchiveService, ExportsService } from '#exports'
import type { Principal } from '#tenancy'
import { FileLinks, lifeOf } from '../../downloads/file-links.js'
import { NeedsScope } from '../../http/access.guard.js'
import { ApiCodename, ApiErrors } from '../../http/api-docs.js'
import { AppTokenInQuery } from '../../http/authentication.js'
import { Caller } from '../../http/principal.js'
import { SealedPages } from '../../http/sealed-pages.js'
import { csvRoot } from './archive.mapper.js'
import {
  type ArchiveListAnswer,
  archiveListAnswer,
  archiveListQuery,
  type ArchiveListQuery,
  type ArchiveUrlAnswer,
  archiveUrlAnswer,
  archiveUrlQuery,
  type ArchiveUrlQuery,
} from './archive.schema.js'

type ArchiveLevel = Parameters<ArchiveService['list']>[1]

/** What the seed shows: a day. */
const LINK_SECONDS = 86_400

@ApiTags('chat-tonic')
@ApiCodename()
@ApiBearerAuth()
@ApiSecurity('appToken')
@NeedsScope('archives:read')
@Controller('api/v1/:codename/archive')
export class ArchiveController {
  constructor(
    @Inject(ArchiveService) private readonly archive: ArchiveService,
    @Inject(ExportsService) private readonly exports: ExportsService,
    @Inject(FileLinks) private readonly links: FileLinks,
    @Inject(SealedPages) private readonly pages: SealedPages,
  ) {}

  @Get('list')
  @AppTokenInQuery()
  @ApiOperation({ operationId: 'listArchive', summary: 'One level of the archive folders' })
  @ApiOkResponse({ description: 'Folders and files', standardSchema: archiveListAnswer })
  @ApiErrors(404)
  async list(
    @Caller() { workspaceId }: Principal,
    @Query({ schema: archiveListQuery }) { format, prefix, limit = 1000, cursor }: ArchiveListQuery,
  ): Promise<ArchiveListAnswer> {
    const scope = { list: 'archive', workspaceId, filter: { format, prefix } }
    const page = await this.pages.read(scope, { size: limit, offset: 0, cursor }, ({ after }) =>
      this.level(workspaceId, { format, prefix, limit, after: after?.[0] }),
    )
    return { objects: page.rows, limit, hasMore: page.hasMore, next: page.next }
  }

  @Get('url')
  @AppTokenInQuery()
  @ApiOperation({ operationId: 'getArchiveUrl', summary: 'A URL to download a file' })
  @ApiOkResponse({ description: 'The URL and its time', standardSchema: archiveUrlAnswer })
  @ApiErrors(404, 410)
  async url(
    @Caller() { workspaceId }: Principal,
    @Query({ schema: archiveUrlQuery }) { name }: ArchiveUrlQuery,
  ): Promise<ArchiveUrlAnswer> {
    const file = await this.archive.find(workspaceId, name)
    const expiresAt = await this.expiryOf(file)
    const expiresIn = lifeOf({ expiresAt }, LINK_SECONDS)
    if (expiresIn === 0) throw new AppError('GONE', { field: 'name', message: 'The file has expired' })
    return {
      expiresIn,
      url: await this.links.to({ workspaceId, objectKey: file.objectKey, name, expiresAt }, expiresIn),
    }
  }

  private async level(workspaceId: string, query: ArchiveLevel): Promise<Page<ArchiveEntry>> {
    const isRoot = query.format === 'csv' && query.prefix === ''
    const { entries, hasMore } = isRoot
      ? csvRoot(
          await this.archive.list(workspaceId, { ...query, after: undefined, limit: 1000 }),
          query.after,
          query.limit,
        )
      : await this.archive.list(workspaceId, query)
    const last = hasMore ? entries.at(-1) : undefined
    return { rows: entries, next: last === undefined ? null : [last.complete] }
  }

  private async expiryOf({ workspaceId, exportId }: ArchiveFile): Promise<Date | null> {
    return exportId === null ? null : (await this.exports.get(workspaceId, exportId)).expiresAt
  }
}
