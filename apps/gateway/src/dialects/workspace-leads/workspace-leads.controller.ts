import { Body, Controller, Inject, Param, Post } from '@nestjs/common'
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { LeadsService } from '#leads'
import { DirectoryService, type Principal } from '#tenancy'
import { NeedsScope } from '../../http/access.js'
import { ApiErrors } from '../../http/api-docs.js'
import { Idempotent } from '../../http/idempotency/idempotent.js'
import { ReadsJson } from '../../http/json-body.js'
import { Caller } from '../../http/principal.js'
import { workspaceLead } from './workspace-leads.mapper.js'
import {
  chatbotIdParameter,
  type LeadAnswer,
  leadAnswer,
  newLeadAliasBody,
  type NewLeadAliasBody,
  newLeadBody,
  type NewLeadBody,
} from './workspace-leads.schema.js'

/** The workspace's lead management. */
@ApiTags('leads')
@ReadsJson()
@Controller('api/v1')
export class WorkspaceLeadsController {
  constructor(
    @Inject(LeadsService) private readonly leads: LeadsService,
    @Inject(DirectoryService) private readonly directory: DirectoryService,
  ) {}

  @Post('chatbots/:chatbotId/leads')
  @Idempotent()
  @NeedsScope('leads:write')
  @ApiOperation({ operationId: 'createLead', summary: 'Create a lead of a chatbot' })
  @ApiCreatedResponse({ description: 'The new lead', standardSchema: leadAnswer })
  @ApiErrors(404, 409)
  async create(
    @Caller() { workspaceId }: Principal,
    @Param('chatbotId', { schema: chatbotIdParameter }) chatbotId: string,
    @Body({ schema: newLeadBody }) lead: NewLeadBody,
  ): Promise<LeadAnswer> {
    const chatbot = await this.directory.chatbotById(workspaceId, chatbotId)
    return { success: true, data: workspaceLead(await this.leads.create(workspaceId, chatbot.id, lead)) }
  }

  @Post('leads')
  @Idempotent()
  @NeedsScope('leads:write')
  @ApiOperation({
    operationId: 'createWorkspaceLead',
    summary: "Create a lead of the workspace's default chatbot, or of the one the body names",
  })
  @ApiCreatedResponse({ description: 'The new lead', standardSchema: leadAnswer })
  @ApiErrors(404, 409)
  async createOfWorkspace(
    @Caller() { workspaceId }: Principal,
    @Body({ schema: newLeadAliasBody }) { chatbotId, ...lead }: NewLeadAliasBody,
  ): Promise<LeadAnswer> {
    const chatbot =
      chatbotId === undefined
        ? await this.directory.defaultChatbot(workspaceId)
        : await this.directory.chatbotById(workspaceId, chatbotId)
    return { success: true, data: workspaceLead(await this.leads.create(workspaceId, chatbot.id, lead)) }
  }
}
