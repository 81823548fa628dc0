import { Controller, Get, Inject, Query } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Page, Slice } from '#core'
import {
  ConversationsService,
  type DatasetFilter,
  type InteractionRow,
  type MessageRow,
  type MessageUserRow,
  MessageUsersService,
} from '#leads'
import type { Principal } from '#tenancy'
import type { NamedFilter } from '../exports/filter-fields.js'
import { FilterResolver } from '../exports/filter-resolver.js'
import { NeedsScope } from '../http/access.js'
import { ApiCodename, ApiErrors } from '../http/api-docs.js'
import { pagePlace, type PageQuery } from '../http/paging.js'
import { Caller } from '../http/principal.js'
import { paginationOf, SealedPages } from '../http/sealed-pages.js'
import { interactionEntry, messageEntry, messageUserEntry } from './conversations.mapper.js'
import {
  type InteractionList,
  interactionList,
  type InteractionsQuery,
  interactionsQuery,
  type MessageList,
  messageList,
  type MessagesQuery,
  messagesQuery,
  type MessageUserList,
  messageUserList,
  type MessageUsersQuery,
  messageUsersQuery,
} from './conversations.schema.js'

/** Reads one list of a workspace. */
type Read<Row> = (workspaceId: string, filter: DatasetFilter, slice: Slice) => Promise<Page<Row>>

/** What leads come out of, as it was told. */
@ApiTags('conversations')
@ApiCodename()
@NeedsScope('leads:read')
@Controller('api/v1/:codename')
export class ConversationsController {
  constructor(
    @Inject(MessageUsersService) private readonly people: MessageUsersService,
    @Inject(ConversationsService) private readonly conversations: ConversationsService,
    @Inject(FilterResolver) private readonly filters: FilterResolver,
    @Inject(SealedPages) private readonly pages: SealedPages,
  ) {}

  @Get('message-users')
  @ApiOperation({
    operationId: 'listMessageUsers',
    summary: "The people on the workspace's accounts, newest first",
  })
  @ApiOkResponse({ description: 'A page of them', standardSchema: messageUserList })
  @ApiErrors(404)
  async messageUsers(
    @Caller() { workspaceId }: Principal,
    @Query({ schema: messageUsersQuery }) query: MessageUsersQuery,
  ): Promise<MessageUserList> {
    const read: Read<MessageUserRow> = (...asked) => this.people.list(...asked)
    return this.answer('message-users', workspaceId, query, read, messageUserEntry)
  }

  @Get('messages')
  @ApiOperation({
    operationId: 'listMessages',
    summary: 'What message users and chatbots wrote, newest first',
  })
  @ApiOkResponse({ description: 'A page of messages', standardSchema: messageList })
  @ApiErrors(404)
  async messages(
    @Caller() { workspaceId }: Principal,
    @Query({ schema: messagesQuery }) query: MessagesQuery,
  ): Promise<MessageList> {
    const read: Read<MessageRow> = (...asked) => this.conversations.messages(...asked)
    return this.answer('messages', workspaceId, query, read, messageEntry)
  }

  @Get('interactions')
  @ApiOperation({
    operationId: 'listInteractions',
    summary: 'The steps of message users through funnels, newest first',
  })
  @ApiOkResponse({ description: 'A page of interactions', standardSchema: interactionList })
  @ApiErrors(404)
  async interactions(
    @Caller() { workspaceId }: Principal,
    @Query({ schema: interactionsQuery }) query: InteractionsQuery,
  ): Promise<InteractionList> {
    const read: Read<InteractionRow> = (...asked) => this.conversations.interactions(...asked)
    return this.answer('interactions', workspaceId, query, read, interactionEntry)
  }

  private async answer<Row, Entry>(
    list: string,
    workspaceId: string,
    { page: number, size, cursor, ...named }: PageQuery & NamedFilter,
    read: Read<Row>,
    present: (row: Row) => Entry,
  ) {
    const place = pagePlace({ page: number, size, cursor })
    const filter = await this.filters.resolve(workspaceId, named)
    const page = await this.pages.read({ list, workspaceId, filter }, place, (slice) =>
      read(workspaceId, filter, slice),
    )
    return { data: page.rows.map(present), pagination: paginationOf(place, page) }
  }
}
