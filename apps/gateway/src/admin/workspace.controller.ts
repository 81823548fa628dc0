import { Body, Controller, Delete, Get, Inject, Logger, Param, Patch, Post, Query, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { notFound } from '#core'
import { type EndedExports, KeyRevocationService } from '#exports'
import { FunnelsService } from '#leads'
import { KeysService, type Workspace, WorkspacesService } from '#tenancy'
import { ReadsJson } from '../http/json-body.js'
import { chatbotResource, funnelResource, keyResource, workspaceResource } from './admin.mapper.js'
import {
  funnelPatchBody,
  type FunnelPatchBody,
  keyRevocationQuery,
  type KeyRevocationQuery,
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
@ReadsJson()
@Controller('admin/v1/workspaces/:codename')
export class WorkspaceController {
  private readonly logger = new Logger(WorkspaceController.name)

  constructor(
    @Inject(WorkspacesService) private readonly workspaces: WorkspacesService,
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(KeyRevocationService) private readonly revocation: KeyRevocationService,
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

  /** 204 for the key alone; 200 that counts what ended with it, or 202 where the storage has not deleted all of it yet. */
  @Delete('keys/:id')
  async revokeKey(
    @Param('codename', { schema: pathText }) codename: string,
    @Param('id', { schema: pathText }) id: string,
    @Query({ schema: keyRevocationQuery }) query: KeyRevocationQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EndedExports | undefined> {
    const workspace = await this.workspace(codename)
    const ended = await this.revocation.revoke(workspace.id, id, query)
    if (ended === null) throw notFound('id', 'The key')
    this.logger.log({ key: id, ...query, ...ended }, 'key revoked')
    if (!query.revokeLinks && !query.deleteFiles) {
      void reply.status(204)
      return undefined
    }
    void reply.status(ended.pending === 0 ? 200 : 202)
    return ended
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
