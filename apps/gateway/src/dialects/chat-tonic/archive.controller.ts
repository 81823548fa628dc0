import { Controller, Get, Inject, Query } from '@nestjs/common'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger'
import { AppError, CONFIG, type Config } from '#core'
import { type ArchiveFile, ArchiveService, ExportsService } from '#exports'
import type { Principal } from '#tenancy'
import { FileLinks, lifeOf } from '../../downloads/file-links.js'
import { NeedsScope } from '../../http/access.guard.js'
import { ApiCodename, ApiErrors } from '../../http/api-docs.js'
import { AppTokenInQuery } from '../../http/authentication.js'
import { openCursor, sealCursor } from '../../http/cursor.js'
import { Caller } from '../../http/principal.js'
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
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ArchiveService) private readonly archive: ArchiveService,
    @Inject(ExportsService) private readonly exports: ExportsService,
    @Inject(FileLinks) private readonly links: FileLinks,
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
    const after = cursor === undefined ? undefined : openCursor(this.config.APP_SECRET, scope, cursor)[0]
    const isRoot = format === 'csv' && prefix === ''
    const { entries, hasMore } = isRoot
      ? csvRoot(await this.archive.list(workspaceId, { format, prefix, limit: 1000 }), after, limit)
      : await this.archive.list(workspaceId, { format, prefix, after, limit })
    const last = hasMore ? entries.at(-1) : undefined
    const next = last === undefined ? null : sealCursor(this.config.APP_SECRET, scope, [last.complete])
    return { objects: entries, limit, hasMore, next }
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

  private async expiryOf({ workspaceId, exportId }: ArchiveFile): Promise<Date | null> {
    return exportId === null ? null : (await this.exports.get(workspaceId, exportId)).expiresAt
  }
}
