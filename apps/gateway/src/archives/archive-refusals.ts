import { Inject, Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AppError, type ErrorCode } from '#core'
import { knownError } from '../http/known-error.js'
import { loginAddress } from './archive-address.js'
import { ArchiveSessions } from './archive-sessions.js'
import { localeFor, PageReplies } from './page-replies.js'
import { loginPage } from './page/login-page.js'
import { noticePage, type NoticeReason } from './page/notice-page.js'
import { sessionIn } from './session-cookie.js'

/** Tells people by a page what programs are told in the envelope, and sends who is not logged in to log in. */
@Injectable()
export class ArchiveRefusals {
  constructor(
    @Inject(PageReplies) private readonly replies: PageReplies,
    @Inject(ArchiveSessions) private readonly sessions: ArchiveSessions,
  ) {}

  /** @throws what was thrown, where it is not for people: a fault of ours, or of a part that is down */
  async answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const error = knownError(thrown)
    if (error === null || error.status >= 500) throw thrown
    if (error.code === 'UNAUTHORIZED') return this.toLogin(request, reply)
    await this.replies.send(reply.headers(error.headers), pageOf(error, request), error.status)
  }

  private async toLogin(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const hasEnded = sessionIn(request.headers.cookie) !== null
    if (hasEnded) reply.header('Set-Cookie', this.sessions.endedCookie())
    const isView = request.method === 'GET' || request.method === 'HEAD'
    const query = isView ? request.url.split('?', 2)[1] : undefined
    await this.replies.redirect(reply, loginAddress({ hasEnded, query }))
  }
}

/** Who has to wait to log in sees the form again, which knows the way back from its address. */
function pageOf({ code }: AppError, request: FastifyRequest): string {
  const locale = localeFor(request)
  const { archives } = request.routeOptions.config
  if (code !== 'TOO_MANY_REQUESTS' || archives?.attempt !== true)
    return noticePage(reasons[code] ?? 'wrong', locale)
  const { to } = request.query as { to?: unknown }
  return loginPage({ problem: 'tooMany', to: typeof to === 'string' ? to : '' }, locale)
}

const reasons: Partial<Record<ErrorCode, NoticeReason>> = {
  NOT_FOUND: 'missing',
  GONE: 'gone',
  FORBIDDEN: 'foreign',
  TOO_MANY_REQUESTS: 'busy',
}
