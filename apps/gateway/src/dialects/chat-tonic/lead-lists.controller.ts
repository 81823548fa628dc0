import { Controller, Get, Inject, Query } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { FunnelsService, RecordsService } from '#leads'
import type { Principal } from '#tenancy'
import { FilterResolver } from '../../exports/filter-resolver.js'
import { NeedsScope } from '../../http/access.js'
import { ApiCodename, ApiErrors } from '../../http/api-docs.js'
import { Caller } from '../../http/principal.js'
import { SealedPages } from '../../http/sealed-pages.js'
import { skipPlace } from '../../http/skip.js'
import { funnelsByName, recordEntry } from './lead-lists.mapper.js'
import {
  type FunnelsAnswer,
  funnelsAnswer,
  type FunnelsQuery,
  funnelsQuery,
  type RecordsAnswer,
  recordsAnswer,
  type RecordsQuery,
  recordsQuery,
} from './lead-lists.schema.js'

@ApiTags('chat-tonic')
@ApiCodename()
@NeedsScope('leads:read')
@Controller('api/v1/:codename/lead')
export class LeadListsController {
  constructor(
    @Inject(FunnelsService) private readonly funnelsService: FunnelsService,
    @Inject(RecordsService) private readonly recordsService: RecordsService,
    @Inject(FilterResolver) private readonly filters: FilterResolver,
    @Inject(SealedPages) private readonly pages: SealedPages,
  ) {}

  @Get('funnels')
  @ApiOperation({
    operationId: 'listFunnels',
    summary: 'The funnels and their groups, in the order of creation',
    description: 'Of an account: the funnels that have a record on it.',
  })
  @ApiOkResponse({ description: 'A page of funnels, by name', standardSchema: funnelsAnswer })
  @ApiErrors(404)
  async funnels(
    @Caller() { workspaceId }: Principal,
    @Query({ schema: funnelsQuery }) { account, accountId, ...query }: FunnelsQuery,
  ): Promise<FunnelsAnswer> {
    const place = skipPlace(query)
    const filter = await this.filters.resolve(workspaceId, { account, accountId })
    const scope = { list: 'funnels', workspaceId, filter }
    const { rows, hasMore, next } = await this.pages.read(scope, place, (slice) =>
      this.funnelsService.list(workspaceId, filter, slice),
    )
    return { limit: place.size, skip: place.offset, funnels: funnelsByName(rows), hasMore, next }
  }

  @Get('records')
  @ApiOperation({ operationId: 'listRecords', summary: 'The records of a funnel group, newest first' })
  @ApiOkResponse({ description: 'A page of records', standardSchema: recordsAnswer })
  @ApiErrors(404)
  async records(
    @Caller() { workspaceId }: Principal,
    @Query({ schema: recordsQuery }) { skip, limit, cursor, ...named }: RecordsQuery,
  ): Promise<RecordsAnswer> {
    const place = skipPlace({ skip, limit, cursor })
    const filter = await this.filters.resolve(workspaceId, named)
    const scope = { list: 'records', workspaceId, filter }
    const { rows, hasMore, next } = await this.pages.read(scope, place, (slice) =>
      this.recordsService.list(workspaceId, filter, slice),
    )
    return { limit: place.size, skip: place.offset, objects: rows.map(recordEntry), hasMore, next }
  }
}
