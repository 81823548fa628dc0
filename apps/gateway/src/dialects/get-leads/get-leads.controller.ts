import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query } from '@nestjs/common'
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { type DatasetFilter, dateRange, LeadsService } from '#leads'
import { DirectoryService, type Principal } from '#tenancy'
import { NeedsScope } from '../../http/access.js'
import { ApiErrors } from '../../http/api-docs.js'
import { ReadsJson } from '../../http/json-body.js'
import { JSON_TYPE } from '../../http/json-type.js'
import { Caller } from '../../http/principal.js'
import { paginationOf, SealedPages } from '../../http/sealed-pages.js'
import { getLeadsJson } from './get-leads.mapper.js'
import { type GetLeadsRequest, getLeadsRequest } from './get-leads.request.js'
import { getLeadsAnswer, getLeadsBody, type GetLeadsParameters, getLeadsQuery } from './get-leads.schema.js'

/** Chatbase's GET and Chatzuri's POST: the same list under the two documented statuses. */
@ApiTags('get-leads')
@NeedsScope('leads:read')
@ReadsJson()
@Controller('api/v1/get-leads')
export class GetLeadsController {
  constructor(
    @Inject(SealedPages) private readonly pages: SealedPages,
    @Inject(LeadsService) private readonly leads: LeadsService,
    @Inject(DirectoryService) private readonly directory: DirectoryService,
  ) {}

  @Get()
  @Header('Content-Type', JSON_TYPE)
  @ApiOperation({ operationId: 'getLeads', summary: "A chatbot's leads, newest first (Chatbase)" })
  @ApiOkResponse({ description: 'A page of leads', standardSchema: getLeadsAnswer })
  @ApiErrors(404)
  async get(
    @Caller() caller: Principal,
    @Query({ schema: getLeadsQuery }) query: GetLeadsParameters,
    @Body({ schema: getLeadsBody }) body: GetLeadsParameters | undefined,
  ): Promise<Buffer> {
    return this.answer(caller, getLeadsRequest(query, body))
  }

  /** 202 is what Chatzuri documents, though the answer is complete. */
  @Post()
  @HttpCode(202)
  @Header('Content-Type', JSON_TYPE)
  @ApiBody({ schema: { $ref: '#/components/schemas/GetLeadsBody' }, required: false })
  @ApiOperation({ operationId: 'getLeadsPost', summary: "A chatbot's leads, newest first (Chatzuri)" })
  @ApiAcceptedResponse({ description: 'A page of leads', standardSchema: getLeadsAnswer })
  @ApiErrors(404)
  async post(
    @Caller() caller: Principal,
    @Query({ schema: getLeadsQuery }) query: GetLeadsParameters,
    @Body({ schema: getLeadsBody }) body: GetLeadsParameters | undefined,
  ): Promise<Buffer> {
    return this.answer(caller, getLeadsRequest(query, body))
  }

  private async answer({ workspaceId }: Principal, request: GetLeadsRequest): Promise<Buffer> {
    const range = dateRange(request)
    const chatbot = await this.directory.chatbotById(workspaceId, request.chatbotId, request.chatbotField)
    const filter: DatasetFilter = { chatbotId: chatbot.id, ...range }
    const page = await this.pages.read({ list: 'get-leads', workspaceId, filter }, request.place, (slice) =>
      this.leads.contacts(workspaceId, filter, slice),
    )
    return getLeadsJson(page.rows, chatbot, paginationOf(request.place, page))
  }
}
