import { Controller, Get, Headers, Inject, Param, Post, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply } from 'fastify'
import { CONFIG, type Config } from '#core'
import type { Export } from '#exports'
import { IgnoresBody } from '../http/json-body.js'
import { preferredLanguage } from '../http/language.js'
import { downloadHeaders } from './download-headers.js'
import { RETRY_SECONDS } from './download-slots.js'
import { exportedFile } from './exported-file.js'
import { FileLinks } from './file-links.js'
import { type MailedLink, MailedLinks } from './mailed-links.js'
import { downloadPage, fullPage, gonePage, missingPage, type PageFile, revokedPage } from './page/pages.js'

/**
 * The page behind a mailed link, and its button. Mail scanners open links, so opening it (GET, HEAD)
 * gives no file away; the button (POST) makes a URL at that moment, so no credential ages in a mailbox.
 * It takes every path below /d/, so that people whose link was mangled see a page and no JSON.
 */
@ApiExcludeController()
@Controller('d/*')
export class DownloadsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(MailedLinks) private readonly mailed: MailedLinks,
    @Inject(FileLinks) private readonly links: FileLinks,
  ) {}

  @Get()
  async page(
    @Param('*') token: string,
    @Headers('accept-language') language: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.show(await this.opened(token, reply), language, reply)
  }

  @Post()
  @IgnoresBody()
  async download(
    @Param('*') token: string,
    @Headers('accept-language') language: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const link = await this.opened(token, reply)
    if (link.state !== 'ready') return this.show(link, language, reply)
    const file = exportedFile(link.export)
    if (!this.links.hasRoom(file.workspaceId)) return this.refuse(link.export, language, reply)
    const url = await this.links.to(file)
    await reply.headers(downloadHeaders(this.config)).redirect(url, 303)
  }

  /** What a link leads to; the log of the request names the export. */
  private async opened(token: string, reply: FastifyReply): Promise<MailedLink> {
    const link = await this.mailed.open(withoutSlash(token))
    if (link.state !== 'missing') reply.request.exportId = link.export.id
    return link
  }

  private async refuse(
    { locale }: Export,
    acceptLanguage: string | undefined,
    reply: FastifyReply,
  ): Promise<void> {
    const html = fullPage(preferredLanguage(acceptLanguage, locale))
    reply.headers(downloadHeaders(this.config)).header('Retry-After', RETRY_SECONDS)
    await reply.status(503).type('text/html; charset=utf-8').send(html)
  }

  private async show(
    link: MailedLink,
    acceptLanguage: string | undefined,
    reply: FastifyReply,
  ): Promise<void> {
    const locale = preferredLanguage(acceptLanguage, link.state === 'missing' ? 'es' : link.export.locale)
    reply.headers(downloadHeaders(this.config)).type('text/html; charset=utf-8')
    switch (link.state) {
      case 'missing':
        await reply.status(404).send(missingPage(locale))
        return
      case 'gone':
        await reply.status(410).send(gonePage(locale))
        return
      case 'revoked':
        await reply.status(410).send(revokedPage(locale))
        return
      case 'ready':
        await reply.send(downloadPage(pageFile(link.export), locale))
    }
  }
}

/** Some mail programs end a link with a slash. */
const withoutSlash = (token: string): string => token.replace(/\/$/, '')

function pageFile(found: Export): PageFile {
  const { name, expiresAt } = exportedFile(found)
  return {
    name: name.slice(name.lastIndexOf('/') + 1),
    format: found.format,
    bytes: Number(found.bytes),
    rows: Number(found.rowsDone),
    sha256: found.sha256 ?? '',
    createdAt: found.finishedAt ?? found.acceptedAt,
    expiresAt,
    timeZone: found.options.timeZone,
  }
}
