import { Inject, Injectable } from '@nestjs/common'
import { invalid } from '#core'
import { type DatasetFilter, dateRange, FunnelsService, MessageUsersService } from '#leads'
import { DirectoryService } from '#tenancy'
import { oneOf } from '../http/aliases.js'
import type { NamedFilter } from './filter-fields.js'

/** Turns the names in a filter into the ids that rows are chosen by. */
@Injectable()
export class FilterResolver {
  constructor(
    @Inject(DirectoryService) private readonly directory: DirectoryService,
    @Inject(FunnelsService) private readonly funnels: FunnelsService,
    @Inject(MessageUsersService) private readonly messageUsers: MessageUsersService,
  ) {}

  /** @throws AppError 400 for what contradicts itself, 404 for what does not exist, each naming the field */
  async resolve(workspaceId: string, filter: NamedFilter): Promise<DatasetFilter> {
    const { from, to } = dateRange(filter)
    return {
      chatbotId: await this.chatbotId(workspaceId, filter),
      accountId: await this.accountId(workspaceId, filter),
      messageUserId: await this.messageUserId(workspaceId, filter),
      funnelGroupId: await this.funnelGroupId(workspaceId, filter),
      status: filter.status,
      source: filter.source,
      emailLower: filter.email?.toLowerCase(),
      from,
      to,
    }
  }

  private async chatbotId(workspaceId: string, { chatbotId, bot }: NamedFilter): Promise<string | undefined> {
    const byId =
      chatbotId === undefined ? undefined : await this.directory.chatbotById(workspaceId, chatbotId)
    const byName = bot === undefined ? undefined : await this.directory.chatbotByName(workspaceId, bot)
    if (byId !== undefined && byName !== undefined && byId.id !== byName.id) {
      throw invalid('bot', 'Is another chatbot than chatbotId', bot)
    }
    return (byId ?? byName)?.id
  }

  private async accountId(
    workspaceId: string,
    { account, accountId }: NamedFilter,
  ): Promise<string | undefined> {
    const given = oneOf({ account, accountId })
    return given === null
      ? undefined
      : (await this.directory.account(workspaceId, given.value, given.field)).id
  }

  private async messageUserId(
    workspaceId: string,
    { messageUser }: NamedFilter,
  ): Promise<string | undefined> {
    if (messageUser !== undefined) await this.messageUsers.assertExists(workspaceId, messageUser)
    return messageUser
  }

  private async funnelGroupId(
    workspaceId: string,
    { funnel, funnelGroup }: NamedFilter,
  ): Promise<string | undefined> {
    if (funnel === undefined && funnelGroup === undefined) return undefined
    if (funnel === undefined) throw invalid('funnel', 'Is required with funnelGroup')
    if (funnelGroup === undefined) throw invalid('funnelGroup', 'Is required with funnel')
    return this.funnels.groupId(workspaceId, funnel, funnelGroup)
  }
}
