import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common'
import { notFound } from '#core'
import { FunnelsService } from '#leads'
import { KeysService, type Workspace, WorkspacesService } from '#tenancy'
import { chatbotResource, funnelResource, keyResource, workspaceResource } from './admin.mapper.js'
import {
  funnelPatchBody,
  type FunnelPatchBody,
  newChatbotBody,
  type NewChatbotBody,
  newFunnelBody,
  type NewFunnelBody,
  newKeyBody,
  type NewKeyBody,
  newRecipientBody,
  type NewRecipientBody,
  pathText,
  workspacePatchBody,
  type WorkspacePatchBody,
} from './admin.schema.js'

/** What one workspace consists of. */
@Controller('admin/v1/workspaces/:codename')
export class WorkspaceController {
  constructor(
    @Inject(WorkspacesService) private readonly workspaces: WorkspacesService,
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(FunnelsService) private readonly funnels: FunnelsService,
  ) {}

  @Patch()
  async change(
    @Param('codename', { schema: pathText }) codename: string,
    @Body({ schema: workspacePatchBody }) settings: WorkspacePatchBody,
  ) {
    return workspaceResource(await this.workspaces.change(codename, settings))
  }

  @Get('keys')
  async listKeys(@Param('codename', { schema: pathText }) codename: string) {
    const { id } = await this.workspace(codename)
    return { data: (await this.keys.list(id)).map(keyResource) }
  }

  /** The token is in this answer and nowhere else. */
  @Post('keys')
  async issueKey(
    @Param('codename', { schema: pathText }) codename: string,
    @Body({ schema: newKeyBody }) { expiresAt, ...key }: NewKeyBody,
  ) {
    const { id } = await this.workspace(codename)
    return this.keys.issue(id, {
      ...key,
      expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
    })
  }

  @Delete('keys/:id')
  @HttpCode(204)
  async revokeKey(
    @Param('codename', { schema: pathText }) codename: string,
    @Param('id', { schema: pathText }) id: string,
  ): Promise<void> {
    const workspace = await this.workspace(codename)
    if (!(await this.keys.revoke(workspace.id, id))) throw notFound('id', 'The key')
  }

  @Post('chatbots')
  async addChatbot(
    @Param('codename', { schema: pathText }) codename: string,
    @Body({ schema: newChatbotBody }) chatbot: NewChatbotBody,
  ) {
    const { id } = await this.workspace(codename)
    return chatbotResource(await this.workspaces.addChatbot(id, chatbot))
  }

  @Post('funnels')
  async addFunnel(
    @Param('codename', { schema: pathText }) codename: string,
    @Body({ schema: newFunnelBody }) { name, interactions, groups }: NewFunnelBody,
  ) {
    const { id } = await this.workspace(codename)
    return funnelResource(await this.funnels.create(id, name, interactions, groups))
  }

  @Patch('funnels/:name')
  async changeFunnel(
    @Param('codename', { schema: pathText }) codename: string,
    @Param('name', { schema: pathText }) name: string,
    @Body({ schema: funnelPatchBody }) patch: FunnelPatchBody,
  ) {
    const { id } = await this.workspace(codename)
    return funnelResource(await this.funnels.change(id, name, patch))
  }

  @Post('recipients')
  async allowRecipient(
    @Param('codename', { schema: pathText }) codename: string,
    @Body({ schema: newRecipientBody }) { email }: NewRecipientBody,
  ) {
    const { id } = await this.workspace(codename)
    await this.workspaces.allowRecipient(id, email)
    return { email: email.toLowerCase() }
  }

  private async workspace(codename: string): Promise<Workspace> {
    const found = await this.workspaces.byCodename(codename)
    if (found === null) throw notFound('codename', 'The workspace')
    return found
  }
}
