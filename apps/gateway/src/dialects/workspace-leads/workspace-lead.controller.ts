import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch } from '@nestjs/common'
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { type LeadKey, LeadsService } from '#leads'
import { DirectoryService, type Principal } from '#tenancy'
import { NeedsScope } from '../../http/access.js'
import { ApiErrors } from '../../http/api-docs.js'
import { ReadsJson } from '../../http/json-body.js'
import { Caller } from '../../http/principal.js'
import { leadAnswerOf, leadPatch } from './workspace-leads.mapper.js'
import {
  chatbotIdParameter,
  type LeadAnswer,
  leadAnswer,
  leadIdParameter,
  leadPatchBody,
  type LeadPatchBody,
} from './workspace-leads.schema.js'

const NESTED = 'chatbots/:chatbotId/leads/:leadId'
const ALIAS = 'leads/:leadId'

/** One lead of the workspace, under its chatbot or without. */
@ApiTags('leads')
@Controller('api/v1')
export class WorkspaceLeadController {
  constructor(
    @Inject(LeadsService) private readonly leads: LeadsService,
    @Inject(DirectoryService) private readonly directory: DirectoryService,
  ) {}

  @Get(NESTED)
  @NeedsScope('leads:read')
  @ApiOperation({ operationId: 'getLead', summary: 'A lead of a chatbot' })
  @ApiOkResponse({ description: 'The lead', standardSchema: leadAnswer })
  @ApiErrors(404)
  async getOfChatbot(
    @Caller() { workspaceId }: Principal,
    @Param('chatbotId', { schema: chatbotIdParameter }) chatbotId: string,
    @Param('leadId', { schema: leadIdParameter }) hex: string,
  ): Promise<LeadAnswer> {
    return leadAnswerOf(await this.leads.get(workspaceId, await this.nested(workspaceId, chatbotId, hex)))
  }

  @Get(ALIAS)
  @NeedsScope('leads:read')
  @ApiOperation({ operationId: 'getWorkspaceLead', summary: 'A lead' })
  @ApiOkResponse({ description: 'The lead', standardSchema: leadAnswer })
  @ApiErrors(404)
  async get(
    @Caller() { workspaceId }: Principal,
    @Param('leadId', { schema: leadIdParameter }) hex: string,
  ): Promise<LeadAnswer> {
    return leadAnswerOf(await this.leads.get(workspaceId, { hex }))
  }

  @Patch(NESTED)
  @ReadsJson()
  @NeedsScope('leads:write')
  @ApiOperation({ operationId: 'updateLead', summary: 'Change a lead of a chatbot' })
  @ApiOkResponse({ description: 'The lead', standardSchema: leadAnswer })
  @ApiErrors(404, 409)
  async patchOfChatbot(
    @Caller() { workspaceId }: Principal,
    @Param('chatbotId', { schema: chatbotIdParameter }) chatbotId: string,
    @Param('leadId', { schema: leadIdParameter }) hex: string,
    @Body({ schema: leadPatchBody }) body: LeadPatchBody,
  ): Promise<LeadAnswer> {
    const patch = leadPatch(body)
    const key = await this.nested(workspaceId, chatbotId, hex)
    return leadAnswerOf(await this.leads.patch(workspaceId, key, patch))
  }

  @Patch(ALIAS)
  @ReadsJson()
  @NeedsScope('leads:write')
  @ApiOperation({ operationId: 'updateWorkspaceLead', summary: 'Change a lead' })
  @ApiOkResponse({ description: 'The lead', standardSchema: leadAnswer })
  @ApiErrors(404, 409)
  async patch(
    @Caller() { workspaceId }: Principal,
    @Param('leadId', { schema: leadIdParameter }) hex: string,
    @Body({ schema: leadPatchBody }) body: LeadPatchBody,
  ): Promise<LeadAnswer> {
    return leadAnswerOf(await this.leads.patch(workspaceId, { hex }, leadPatch(body)))
  }

  @Delete(NESTED)
  @HttpCode(204)
  @NeedsScope('leads:write')
  @ApiOperation({ operationId: 'deleteLead', summary: 'Delete a lead of a chatbot; its records stay' })
  @ApiNoContentResponse({ description: 'It is gone' })
  @ApiErrors(404)
  async removeOfChatbot(
    @Caller() { workspaceId }: Principal,
    @Param('chatbotId', { schema: chatbotIdParameter }) chatbotId: string,
    @Param('leadId', { schema: leadIdParameter }) hex: string,
  ): Promise<void> {
    await this.leads.remove(workspaceId, await this.nested(workspaceId, chatbotId, hex))
  }

  @Delete(ALIAS)
  @HttpCode(204)
  @NeedsScope('leads:write')
  @ApiOperation({ operationId: 'deleteWorkspaceLead', summary: 'Delete a lead; its records stay' })
  @ApiNoContentResponse({ description: 'It is gone' })
  @ApiErrors(404)
  async remove(
    @Caller() { workspaceId }: Principal,
    @Param('leadId', { schema: leadIdParameter }) hex: string,
  ): Promise<void> {
    await this.leads.remove(workspaceId, { hex })
  }

  /** @throws AppError 404 that names `chatbotId` */
  private async nested(workspaceId: string, chatbotId: string, hex: string): Promise<LeadKey> {
    const chatbot = await this.directory.chatbotById(workspaceId, chatbotId)
    return { hex, chatbotId: chatbot.id }
  }
}
