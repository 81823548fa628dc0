import { Body, Controller, Get, HttpCode, Inject, Logger, Param, Post, Query } from '@nestjs/common'
import { notFound } from '#core'
import { type DeadLetterFilter, type DeadLetterKind, DeadLettersService } from '#exports'
import { WorkspacesService } from '#tenancy'
import { ReadsJson } from '../http/json-body.js'
import { SealedPages } from '../http/sealed-pages.js'
import { pathText } from './admin.schema.js'
import { deadLetterResource, replayedCounts } from './dead-letters.mapper.js'
import {
  deadLetterQuery,
  type DeadLetterQuery,
  kindField,
  replayBody,
  type ReplayBody,
} from './dead-letters.schema.js'

/** What has ended badly and waits for an operator. Whatever is done is logged: all operators share one token. */
@ReadsJson()
@Controller('admin/v1/dead-letters')
export class DeadLettersController {
  private readonly logger = new Logger(DeadLettersController.name)

  constructor(
    @Inject(DeadLettersService) private readonly letters: DeadLettersService,
    @Inject(WorkspacesService) private readonly workspaces: WorkspacesService,
    @Inject(SealedPages) private readonly pages: SealedPages,
  ) {}

  @Get()
  async list(@Query({ schema: deadLetterQuery }) { size = 20, cursor, ...query }: DeadLetterQuery) {
    const filter = await this.filterOf(query)
    const scope = { list: 'dead-letters', workspaceId: '', filter }
    const page = await this.pages.read(scope, { size, offset: 0, cursor }, (slice) =>
      this.letters.list(filter, slice),
    )
    const { hasMore, next } = page
    return { data: page.rows.map(deadLetterResource), pagination: { size, hasMore, next } }
  }

  /** Everything that matches. */
  @Post('replay')
  @HttpCode(200)
  async replayAll(@Body({ schema: replayBody }) body: ReplayBody) {
    const filter = { ...(await this.filterOf(body)), since: body.since }
    const replayed = await this.letters.replayAll(filter)
    this.logger.log({ filter, replayed }, 'dead letters replayed')
    return { replayed: replayedCounts(replayed) }
  }

  @Post(':kind/:id/replay')
  @HttpCode(204)
  async replay(
    @Param('kind', { schema: kindField }) kind: DeadLetterKind,
    @Param('id', { schema: pathText }) id: string,
  ): Promise<void> {
    await this.letters.replay(kind, id)
    this.logger.log({ kind, id }, 'dead letter replayed')
  }

  @Post(':kind/:id/dismiss')
  @HttpCode(204)
  async dismiss(
    @Param('kind', { schema: kindField }) kind: DeadLetterKind,
    @Param('id', { schema: pathText }) id: string,
  ): Promise<void> {
    await this.letters.dismiss(kind, id)
    this.logger.log({ kind, id }, 'dead letter dismissed')
  }

  private async filterOf({
    workspace,
    ...filter
  }: Omit<DeadLetterQuery, 'size' | 'cursor'>): Promise<DeadLetterFilter> {
    if (workspace === undefined) return filter
    const found = await this.workspaces.byCodename(workspace)
    if (found === null) throw notFound('workspace', 'The workspace')
    return { ...filter, workspaceId: found.id }
  }
}
