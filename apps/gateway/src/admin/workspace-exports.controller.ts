import { Controller, Delete, HttpCode, Inject, Logger, Param, Post, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { notFound } from '#core'
import { ExportFilesService } from '#exports'
import { WorkspacesService } from '#tenancy'
import { pathText } from './admin.schema.js'

/** Ends the access to the files of a workspace. Whatever is done is logged: all operators share one token. */
@Controller('admin/v1/workspaces/:codename/exports/:id')
export class WorkspaceExportsController {
  private readonly logger = new Logger(WorkspaceExportsController.name)

  constructor(
    @Inject(WorkspacesService) private readonly workspaces: WorkspacesService,
    @Inject(ExportFilesService) private readonly files: ExportFilesService,
  ) {}

  /** Without the new link: operators have no part in what is exported. */
  @Post('link/revoke')
  @HttpCode(204)
  async revokeLink(
    @Param('codename', { schema: pathText }) codename: string,
    @Param('id', { schema: pathText }) id: string,
  ): Promise<void> {
    await this.files.revokeLink(await this.workspaceId(codename), id)
    this.logger.log({ exportId: id }, 'links to an export revoked')
  }

  @Delete()
  async remove(
    @Param('codename', { schema: pathText }) codename: string,
    @Param('id', { schema: pathText }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string; state: string; pending: boolean }> {
    const { found, isRemoved } = await this.files.remove(await this.workspaceId(codename), id)
    this.logger.log({ exportId: id, pending: !isRemoved }, 'file of an export deleted')
    void reply.status(isRemoved ? 200 : 202)
    return { id, state: found.state, pending: !isRemoved }
  }

  private async workspaceId(codename: string): Promise<string> {
    const found = await this.workspaces.byCodename(codename)
    if (found === null) throw notFound('codename', 'The workspace')
    return found.id
  }
}
