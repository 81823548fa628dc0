import { Inject, Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CONFIG, type Config } from '#core'
import type { Locale } from '#tenancy'
import { preferredLanguage } from '../http/language.js'
import { pageHeaders } from '../pages/page-headers.js'
import { archiveStyle } from './page/style.js'

/** The language of the browser, else the workspace's, else Spanish for who is not logged in. */
export const localeFor = ({ headers, principal }: FastifyRequest): Locale =>
  preferredLanguage(headers['accept-language'], principal?.locale ?? 'es')

/** Answers with pages of the archive, and with redirects between them. */
@Injectable()
export class PageReplies {
  private readonly headers: Record<string, string>

  constructor(@Inject(CONFIG) config: Config) {
    // A form that is posted by a page without a referrer would not tell its origin.
    this.headers = pageHeaders(config, { style: archiveStyle, referrer: 'same-origin' })
  }

  async send(reply: FastifyReply, html: string, status = 200): Promise<void> {
    await reply.status(status).headers(this.headers).type('text/html; charset=utf-8').send(html)
  }

  /** 303: whatever the request was, the next one is a GET. */
  async redirect(reply: FastifyReply, url: string): Promise<void> {
    await reply.headers(this.headers).redirect(url, 303)
  }
}
