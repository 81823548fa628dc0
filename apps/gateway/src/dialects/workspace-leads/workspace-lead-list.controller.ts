import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { LeadsService } from '#leads'
import type { Principal } from '#tenancy'
import { FilterResolver } from '../../exports/filter-resolver.js'
import { NeedsScope } from '../../http/access.js'
import { ApiErrors } from '../../http/api-docs.js'
import { JSON_TYPE } from '../../http/json-type.js'
import { pagePlace } from '../../http/paging.js'
import { Caller } from '../../http/principal.js'
import { paginationOf, SealedPages } from '../../http/sealed-pages.js'
import {
  leadListAliasQuery,
  type LeadListAliasQuery,
  leadListAnswer,
  leadListQuery,
  type LeadListQuery,
} from './workspace-lead-list.schema.js'
import { leadListJson } from './workspace-leads.mapper.js'
import { chatbotIdParameter } from './workspace-leads.schema.js'

/** Lists of the workspace's leads. */
@ApiTags('leads')
@NeedsScope('leads:read')
@Controller('api/v1')
export class WorkspaceLeadListController {
  constructor(
    @Inject(LeadsService) private readonly leads: LeadsService,
    @Inject(FilterResolver) private readonly filters: FilterResolver,
    @Inject(SealedPages) private readonly pages: SealedPages,
  ) {}

  @Get('chatbots/:chatbotId/leads')
  @Header('Content-Type', JSON_TYPE)
  @ApiOperation({ operationId: 'listLeads', summary: "A chatbot's leads, newest first" })
  @ApiOkResponse({ description: 'A page of leads', standardSchema: leadListAnswer })
  @ApiErrors(404)
  async ofChatbot(
    @Caller() { workspaceId }: Principal,
    @Param('chatbotId', { schema: chatbotIdParameter }) chatbotId: string,
    @Query({ schema: leadListQuery }) query: LeadListQuery,
  ): Promise<Buffer> {
    return this.answer(workspaceId, { ...query, chatbotId })
  }

  @Get('leads')
  @Header('Content-Type', JSON_TYPE)
  @ApiOperation({ operationId: 'listWorkspaceLeads', summary: "The workspace's leads, newest first" })
  @ApiOkResponse({ description: 'A page of leads', standardSchema: leadListAnswer })
  @ApiErrors(404)
  async ofWorkspace(
    @Caller() { workspaceId }: Principal,
    @Query({ schema: leadListAliasQuery }) query: LeadListAliasQuery,
  ): Promise<Buffer> {
    return this.answer(workspaceId, query)
  }

  /** Both paths list the same: a cursor of one is good for the other under the same filter. */
  private async answer(
    workspaceId: string,
    { page: number, size, cursor, ...named }: LeadListAliasQuery,
  ): Promise<Buffer> {
    const place = pagePlace({ page: number, size, cursor })
    const filter = await this.filters.resolve(workspaceId, named)
    const page = await this.pages.read({ list: 'leads', workspaceId, filter }, place, (slice) =>
      this.leads.list(workspaceId, filter, slice),
    )
    return leadListJson(page.rows, paginationOf(place, page))
  }
}
