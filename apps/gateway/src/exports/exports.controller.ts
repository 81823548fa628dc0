import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Redirect,
  Res,
} from '@nestjs/common'
import { ApiAcceptedResponse, ApiFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply } from 'fastify'
import { CONFIG, type Config } from '#core'
import { ExportFilesService, ExportsService } from '#exports'
import type { Principal } from '#tenancy'
import { exportedFile } from '../downloads/exported-file.js'
import { FileLinks } from '../downloads/file-links.js'
import { NeedsScope } from '../http/access.js'
import { ApiErrors } from '../http/api-docs.js'
import { Costs } from '../http/costs.js'
import { headers } from '../http/docs/headers.js'
import { inside } from '../http/inside.js'
import { ReadsJson } from '../http/json-body.js'
import { pagePlace } from '../http/paging.js'
import { Idempotent } from '../http/idempotency/idempotent.js'
import { Caller } from '../http/principal.js'
import { paginationOf, SealedPages } from '../http/sealed-pages.js'
import { exportResource as present, statusPath } from './export-resource.js'
import {
  exportIdParameter,
  exportList,
  type ExportList,
  exportListQuery,
  type ExportListQuery,
  exportResource,
  type ExportResource,
} from './export-resource.schema.js'
import { FilterResolver } from './filter-resolver.js'
import { assertFits, exportRequest } from './new-export.js'
import { newExportBody, type NewExportBody } from './new-export.schema.js'

@ApiTags('exports')
@Controller('api/v1/exports')
export class ExportsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ExportsService) private readonly exports: ExportsService,
    @Inject(ExportFilesService) private readonly files: ExportFilesService,
    @Inject(FilterResolver) private readonly filters: FilterResolver,
    @Inject(FileLinks) private readonly links: FileLinks,
    @Inject(SealedPages) private readonly pages: SealedPages,
  ) {}

  @Post()
  @HttpCode(202)
  @ReadsJson()
  @Idempotent()
  @Costs('export')
  @NeedsScope('exports:write')
  @ApiOperation({ operationId: 'createExport', summary: 'Ask for a file; a mail tells when it is there' })
  @ApiAcceptedResponse({
    description: 'Accepted: `Location` is its status',
    standardSchema: exportResource,
    headers: headers('Location'),
  })
  @ApiErrors(404)
  async create(
    @Caller() caller: Principal,
    @Body({ schema: newExportBody }) body: NewExportBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExportResource> {
    assertFits(body)
    const filter = await inside('filter', () => this.filters.resolve(caller.workspaceId, body.filter))
    const accepted = await this.exports.accept(caller, exportRequest(body, filter))
    reply.request.exportId = accepted.id
    reply.header('Location', statusPath(accepted.id))
    return present(accepted, this.config)
  }

  @Get()
  @NeedsScope('exports:read')
  @ApiOperation({ operationId: 'listExports', summary: "The workspace's exports, newest first" })
  @ApiOkResponse({ description: 'A page of them', standardSchema: exportList })
  async list(
    @Caller() { workspaceId }: Principal,
    @Query({ schema: exportListQuery }) query: ExportListQuery,
  ): Promise<ExportList> {
    const place = pagePlace(query)
    const page = await this.pages.read({ list: 'exports', workspaceId, filter: {} }, place, (slice) =>
      this.exports.list(workspaceId, slice),
    )
    const data = page.rows.map((row) => present(row, this.config))
    return { data, pagination: paginationOf(place, page) }
  }

  @Get(':id')
  @NeedsScope('exports:read')
  @ApiOperation({ operationId: 'getExport', summary: 'How an export is' })
  @ApiOkResponse({ description: 'The export', standardSchema: exportResource })
  @ApiErrors(404)
  async get(
    @Caller() { workspaceId }: Principal,
    @Param('id', { schema: exportIdParameter }) id: string,
  ): Promise<ExportResource> {
    return present(await this.exports.get(workspaceId, id), this.config)
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @NeedsScope('exports:write')
  @ApiOperation({ operationId: 'cancelExport', summary: 'End an export that waits or runs' })
  @ApiOkResponse({ description: 'The export, cancelled', standardSchema: exportResource })
  @ApiErrors(404, 409)
  async cancel(
    @Caller() { workspaceId }: Principal,
    @Param('id', { schema: exportIdParameter }) id: string,
  ): Promise<ExportResource> {
    return present(await this.exports.cancel(workspaceId, id), this.config)
  }

  @Post(':id/retry')
  @HttpCode(202)
  @Costs('export')
  @NeedsScope('exports:write')
  @ApiOperation({ operationId: 'retryExport', summary: 'Try an export that has failed once more' })
  @ApiAcceptedResponse({ description: 'The export, queued again', standardSchema: exportResource })
  @ApiErrors(404, 409)
  async retry(
    @Caller() { workspaceId }: Principal,
    @Param('id', { schema: exportIdParameter }) id: string,
  ): Promise<ExportResource> {
    return present(await this.exports.retry(workspaceId, id), this.config)
  }

  @Post(':id/link/revoke')
  @HttpCode(200)
  @NeedsScope('exports:write')
  @ApiOperation({
    operationId: 'revokeExportLink',
    summary: 'End every link to the page of an export, and make a new one',
  })
  @ApiOkResponse({
    description: 'The export: `downloadUrl` is the new link, which is mailed to nobody',
    standardSchema: exportResource,
  })
  @ApiErrors(404, 409)
  async revokeLink(
    @Caller() { workspaceId }: Principal,
    @Param('id', { schema: exportIdParameter }) id: string,
  ): Promise<ExportResource> {
    return present(await this.files.revokeLink(workspaceId, id), this.config)
  }

  @Delete(':id')
  @NeedsScope('exports:write')
  @ApiOperation({ operationId: 'deleteExport', summary: 'Delete the file of an export now' })
  @ApiOkResponse({ description: 'The export, expired: its file is gone', standardSchema: exportResource })
  @ApiAcceptedResponse({
    description: 'The same, but the storage did not answer: a worker deletes the file as soon as it does',
    standardSchema: exportResource,
  })
  @ApiErrors(404, 409)
  async remove(
    @Caller() { workspaceId }: Principal,
    @Param('id', { schema: exportIdParameter }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExportResource> {
    const { found, isRemoved } = await this.files.remove(workspaceId, id)
    void reply.status(isRemoved ? 200 : 202)
    return present(found, this.config)
  }

  @Get(':id/download')
  @Redirect()
  @Costs('download')
  @NeedsScope('exports:read')
  @ApiOperation({
    operationId: 'downloadExport',
    summary: 'The file, by a redirect to a URL that is good for five minutes',
  })
  @ApiFoundResponse({ description: '`Location` is the file', headers: headers('Location') })
  @ApiErrors(404, 409, 410)
  async download(
    @Caller() { workspaceId }: Principal,
    @Param('id', { schema: exportIdParameter }) id: string,
  ): Promise<{ url: string; statusCode: 302 }> {
    const file = exportedFile(await this.exports.get(workspaceId, id))
    return { url: await this.links.to(file), statusCode: 302 }
  }
}
