import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseFilters } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { text } from '../http/fields.js'
import { ReadsForm } from '../http/form-body.js'
import { IgnoresBody } from '../http/json-body.js'
import { ArchivePage } from './archive-access.js'
import { addressOf, loginAddress } from './archive-address.js'
import { ArchiveErrorFilter } from './archive-error.filter.js'
import { ArchiveSessions } from './archive-sessions.js'
import { LoginAttempts } from './login-attempts.js'
import { localeFor, PageReplies } from './page-replies.js'
import { loginPage } from './page/login-page.js'

/** The query of the view to come back to. No view has a longer one, and a form may have 8 KB. */
const to = text(2000).catch('')
const loginQuery = z.object({ to, ended: z.string().optional() })
/** Anything that is posted is an attempt: what is no text is no token. */
const loginForm = z.object({ token: z.string().catch(''), to }).catch({ token: '', to: '' })

/** Logging in to the archive pages by an app token, and out. The token is in a form's body and nowhere else. */
@ApiExcludeController()
@UseFilters(ArchiveErrorFilter)
@ArchivePage()
@Controller('archives')
export class ArchiveLoginController {
  constructor(
    @Inject(ArchiveSessions) private readonly sessions: ArchiveSessions,
    @Inject(LoginAttempts) private readonly attempts: LoginAttempts,
    @Inject(PageReplies) private readonly replies: PageReplies,
  ) {}

  @Get('login')
  async page(
    @Query({ schema: loginQuery }) query: z.output<typeof loginQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const problem = query.ended === undefined ? undefined : 'ended'
    await this.replies.send(reply, loginPage({ problem, to: query.to }, localeFor(request)))
  }

  @Post('login')
  @ArchivePage({ attempt: true })
  @ReadsForm()
  async login(
    @Body({ schema: loginForm }) form: z.output<typeof loginForm>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const cookie = await this.sessions.begin(form.token.trim(), request.headers.cookie)
    if (cookie === null) {
      const page = loginPage({ problem: 'wrong', to: form.to }, localeFor(request))
      return this.replies.send(reply, page, 401)
    }
    this.attempts.giveBack(request.ip)
    await this.replies.redirect(reply.header('Set-Cookie', cookie), addressOf(form.to))
  }

  @Post('logout')
  @IgnoresBody()
  async logout(@Req() { headers }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.header('Set-Cookie', await this.sessions.end(headers.cookie))
    await this.replies.redirect(reply, loginAddress({ hasEnded: false }))
  }

  /** Ends the session of everyone who logged in with the same app token. */
  @Post('logout/everywhere')
  @IgnoresBody()
  async logoutEverywhere(@Req() { headers }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.header('Set-Cookie', await this.sessions.endAll(headers.cookie))
    await this.replies.redirect(reply, loginAddress({ hasEnded: false }))
  }
}
