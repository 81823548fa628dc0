import { Controller, Get, Inject, Query } from '@nestjs/common'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger'
import { ArchiveService, MAX_LINK_SECONDS } from '#exports'
import type { Principal } from '#tenancy'
import { ArchivedFiles } from '../../downloads/archived-files.js'
import { NeedsScope } from '../../http/access.js'
import { ApiCodename, ApiErrors } from '../../http/api-docs.js'
import { AppTokenInQuery } from '../../http/authentication.js'
import { Caller } from '../../http/principal.js'
import { SealedPages } from '../../http/sealed-pages.js'
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

@ApiTags('chat-tonic')
@ApiCodename()
@ApiBearerAuth()
@ApiSecurity('appToken')
@NeedsScope('archives:read')
@Controller('api/v1/:codename/archive')
export class ArchiveController {
  constructor(
    @Inject(ArchiveService) private readonly archive: ArchiveService,
    @Inject(ArchivedFiles) private readonly files: ArchivedFiles,
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
      this.archive.list(workspaceId, { format, prefix, limit, after: after?.[0] }),
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
    return this.files.linkTo(workspaceId, name, MAX_LINK_SECONDS)
  }
}
