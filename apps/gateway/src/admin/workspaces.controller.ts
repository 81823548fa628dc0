import { Body, Controller, Get, Inject, Post } from '@nestjs/common'
import { WorkspacesService } from '#tenancy'
import { ReadsJson } from '../http/json-body.js'
import { workspaceResource } from './admin.mapper.js'
import { newWorkspaceBody, type NewWorkspaceBody } from './admin.schema.js'

@ReadsJson()
@Controller('admin/v1/workspaces')
export class WorkspacesController {
  constructor(@Inject(WorkspacesService) private readonly workspaces: WorkspacesService) {}

  @Get()
  async list() {
    return { data: (await this.workspaces.list()).map(workspaceResource) }
  }

  @Post()
  async create(@Body({ schema: newWorkspaceBody }) workspace: NewWorkspaceBody) {
    return workspaceResource(await this.workspaces.create(workspace))
  }
}
