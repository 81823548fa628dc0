import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common'
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { CONFIG, type Config } from '#core'
import { type DatasetFilter, dateRange, LeadsService } from '#leads'
import { DirectoryService, type Principal } from '#tenancy'
import { NeedsScope } from '../../http/access.guard.js'
import { ApiErrors } from '../../http/api-docs.js'
import { openCursor, sealCursor } from '../../http/cursor.js'
import { Caller } from '../../http/principal.js'
import { collectedCustomer } from './get-leads.mapper.js'
import { type GetLeadsRequest, getLeadsRequest } from './get-leads.request.js'
import {
  type GetLeadsAnswer,
  getLeadsAnswer,
  getLeadsBody,
  type GetLeadsParameters,
  getLeadsQuery,
} from './get-leads.schema.js'

/** Chatbase's GET and Chatzuri's POST: the same list under the two documented statuses. */
@ApiTags('get-leads')
@NeedsScope('leads:read')
@Controller('api/v1/get-leads')
export class GetLeadsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LeadsService) private readonly leads: LeadsService,
    @Inject(DirectoryService) private readonly directory: DirectoryService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'getLeads', summary: "A chatbot's leads, newest first (Chatbase)" })
  @ApiOkResponse({ description: 'A page of leads', standardSchema: getLeadsAnswer })
  @ApiErrors(404)
  async get(
    @Caller() caller: Principal,
    @Query({ schema: getLeadsQuery }) query: GetLeadsParameters,
    @Body({ schema: getLeadsBody }) body: GetLeadsParameters | undefined,
  ): Promise<GetLeadsAnswer> {
    return this.answer(caller, getLeadsRequest(query, body))
  }

  /** 202 is what Chatzuri documents, though the answer is complete. */
  @Post()
  @HttpCode(202)
  @ApiBody({ schema: { $ref: '#/components/schemas/GetLeadsBody' }, required: false })
  @ApiOperation({ operationId: 'getLeadsPost', summary: "A chatbot's leads, newest first (Chatzuri)" })
  @ApiAcceptedResponse({ description: 'A page of leads', standardSchema: getLeadsAnswer })
  @ApiErrors(404)
  async post(
    @Caller() caller: Principal,
    @Query({ schema: getLeadsQuery }) query: GetLeadsParameters,
    @Body({ schema: getLeadsBody }) body: GetLeadsParameters | undefined,
  ): Promise<GetLeadsAnswer> {
    return this.answer(caller, getLeadsRequest(query, body))
  }

  private async answer({ workspaceId }: Principal, request: GetLeadsRequest): Promise<GetLeadsAnswer> {
    const { page, size, offset, cursor } = request.place
    const range = dateRange(request)
    const chatbot = await this.directory.chatbotById(workspaceId, request.chatbotId, request.chatbotField)
    const filter: DatasetFilter = { chatbotId: chatbot.id, ...range }
    const scope = { list: 'get-leads', workspaceId, filter }
    const after =
      cursor === undefined ? undefined : positionOf(openCursor(this.config.APP_SECRET, scope, cursor))
    const { rows, hasMore } = await this.leads.list(workspaceId, filter, { limit: size, offset, after })
    const data = rows.map((lead) => collectedCustomer(lead, chatbot))
    const last = hasMore ? rows.at(-1) : undefined
    const next =
      last === undefined ? null : sealCursor(this.config.APP_SECRET, scope, [last.created_at_text, last.id])
    return { data, collectedCustomers: data, pagination: { page, size, hasMore, next } }
  }
}

const positionOf = ([createdAt = '', id = '']: string[]) => ({ createdAt, id })
