import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { notFound } from '#core'
import type { Principal } from '#tenancy'
import { ArchivedFiles } from '../downloads/archived-files.js'
import { RETRY_SECONDS } from '../downloads/download-slots.js'
import { AT_ONCE_SECONDS, FileLinks } from '../downloads/file-links.js'
import { ReadsForm } from '../http/form-body.js'
import { Caller } from '../http/principal.js'
import { ArchivePage } from './archive-access.js'
import { ARCHIVES } from './archive-address.js'
import { ArchiveErrorFilter } from './archive-error.filter.js'
import {
  archiveViewQuery,
  type ArchiveViewQuery,
  downloadForm,
  type DownloadForm,
} from './archive-view.schema.js'
import { ArchiveViews } from './archive-views.js'
import { localeFor, PageReplies } from './page-replies.js'
import { archivePage } from './page/archive-page.js'
import { noticePage } from './page/notice-page.js'

/** The archive for people: its folders, files by their days, and a button that gives a file. */
@ApiExcludeController()
@UseFilters(ArchiveErrorFilter)
@ArchivePage({ session: true })
@Controller('archives')
export class ArchivesController {
  constructor(
    @Inject(ArchiveViews) private readonly views: ArchiveViews,
    @Inject(ArchivedFiles) private readonly files: ArchivedFiles,
    @Inject(FileLinks) private readonly links: FileLinks,
    @Inject(PageReplies) private readonly replies: PageReplies,
  ) {}

  @Get()
  async show(
    @Caller() holder: Principal,
    @Query({ schema: archiveViewQuery }) query: ArchiveViewQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const view = await this.views.read(holder.workspaceId, query)
    const hasWrongDays = view.kind === 'folder' && view.hasWrongDays
    await this.replies.send(reply, archivePage(view, holder, localeFor(request)), hasWrongDays ? 400 : 200)
  }

  /** So that people whose address was mangled see a page and no JSON. */
  @Get('*')
  async elsewhere(@Param('*') rest: string, @Res() reply: FastifyReply): Promise<void> {
    if (rest !== '') throw notFound('path', 'The page')
    await this.replies.redirect(reply, ARCHIVES)
  }

  /** The link is made at this moment, so none ages in a page that was left open. */
  @Post('download')
  @ReadsForm()
  async download(
    @Caller() { workspaceId }: Principal,
    @Body({ schema: downloadForm }) { name }: DownloadForm,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { url } = await this.files.linkTo(workspaceId, name, AT_ONCE_SECONDS)
    if (!this.links.hasRoom(workspaceId)) {
      reply.header('Retry-After', RETRY_SECONDS)
      return this.replies.send(reply, noticePage('full', localeFor(request)), 503)
    }
    await this.replies.redirect(reply, url)
  }
}
