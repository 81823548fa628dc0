import { Controller, Get, Headers, HttpCode, Inject, Query, Req } from '@nestjs/common'
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyRequest } from 'fastify'
import { CONFIG, type Config } from '#core'
import { ExportsService } from '#exports'
import type { Principal } from '#tenancy'
import { statusUrl } from '../../exports/export-resource.js'
import { FilterResolver } from '../../exports/filter-resolver.js'
import { NeedsScope } from '../../http/access.js'
import { ApiCodename, ApiErrors } from '../../http/api-docs.js'
import { Costs } from '../../http/costs.js'
import { CreatesOnGet } from '../../http/creates-on-get.js'
import { preferredLanguage } from '../../http/language.js'
import { Caller } from '../../http/principal.js'
import { exportMessages, leadExportRequest } from './lead-export.mapper.js'
import {
  type LeadExportAnswer,
  leadExportAnswer,
  leadExportQuery,
  type LeadExportQuery,
} from './lead-export.schema.js'

@ApiTags('chat-tonic')
@ApiCodename()
@Controller('api/v1/:codename/lead')
export class LeadController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ExportsService) private readonly exports: ExportsService,
    @Inject(FilterResolver) private readonly filters: FilterResolver,
  ) {}

  @Get('export')
  @HttpCode(202)
  @CreatesOnGet()
  @Costs('export')
  @NeedsScope('exports:write')
  @ApiOperation({ operationId: 'exportRecords', summary: 'Have the records of a funnel group sent by mail' })
  @ApiAcceptedResponse({ description: 'A mail will bring the file', standardSchema: leadExportAnswer })
  @ApiErrors(404, 405)
  async export(
    @Caller() caller: Principal,
    @Query({ schema: leadExportQuery }) { exportType, ...named }: LeadExportQuery,
    @Headers('accept-language') language: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<LeadExportAnswer> {
    const filter = await this.filters.resolve(caller.workspaceId, named)
    const { id } = await this.exports.accept(caller, leadExportRequest(exportType, filter))
    request.exportId = id
    const message = exportMessages[preferredLanguage(language, 'es')]
    return { message, exportId: id, statusUrl: statusUrl(this.config, id) }
  }
}
