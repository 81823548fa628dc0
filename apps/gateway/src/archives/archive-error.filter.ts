import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorCode } from '#core'
import { ErrorFilter } from '../http/error.filter.js'
import { knownError } from '../http/known-error.js'
import { loginAddress } from './archive-address.js'
import { ArchiveSessions } from './archive-sessions.js'
import { localeFor, PageReplies } from './page-replies.js'
import { noticePage, type NoticeReason } from './page/notice-page.js'
import { sessionIn } from './session-cookie.js'

/** Tells people by a page what programs are told in the envelope, and sends who is not logged in to log in. */
@Catch()
@Injectable()
export class ArchiveErrorFilter implements ExceptionFilter {
  private readonly envelope = new ErrorFilter()

  constructor(
    @Inject(PageReplies) private readonly replies: PageReplies,
    @Inject(ArchiveSessions) private readonly sessions: ArchiveSessions,
  ) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>()
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    const error = knownError(thrown)
    if (error === null || error.status >= 500) return this.envelope.catch(thrown, host)
    if (error.code === 'UNAUTHORIZED') return this.toLogin(request, reply)
    const locale = localeFor(request)
    await this.replies.send(
      reply.headers(error.headers),
      noticePage(reasons[error.code] ?? 'wrong', locale),
      error.status,
    )
  }

  private async toLogin(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const hasEnded = sessionIn(request.headers.cookie) !== null
    if (hasEnded) reply.header('Set-Cookie', this.sessions.endedCookie())
    const isView = request.method === 'GET' || request.method === 'HEAD'
    const query = isView ? request.url.split('?', 2)[1] : undefined
    await this.replies.redirect(reply, loginAddress({ hasEnded, query }))
  }
}

const reasons: Partial<Record<ErrorCode, NoticeReason>> = {
  NOT_FOUND: 'missing',
  GONE: 'gone',
  FORBIDDEN: 'foreign',
  TOO_MANY_REQUESTS: 'busy',
}
