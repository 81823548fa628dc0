import { Inject, Injectable } from '@nestjs/common'
import { Database, type IsoTime, type Page, pageOf, type Position, type Slice } from '#core'
import { interactionList, messageList } from './conversations.sql.js'
import { funnelsDataset } from './datasets/funnels.dataset.js'
import { messagesDataset } from './datasets/messages.dataset.js'
import type { DatasetFilter } from './filter.js'
import { pageQuery, whereOf } from './list-query.js'

/** What every event of a conversation has, with the names of who takes part. */
interface EventRow {
  /** Where the row stands among those of its time: a bigint as text. */
  place: string
  event_id: string
  occurred_at: IsoTime
  chatbot_id: string
  bot: string
  account_id: string
  message_user_id: string
  platform: string
  first_name: string | null
  last_name: string | null
}

export interface MessageRow extends EventRow {
  sender: 'user' | 'bot'
  text: string | null
}

/** A step of a message user through a funnel group. */
export interface InteractionRow extends EventRow {
  funnel: string
  group: string
  interaction: string
  data: { name: string; cxt: string }[]
}

/** Messages and interactions of one workspace, newest first by their time. */
@Injectable()
export class ConversationsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  async messages(workspaceId: string, filter: DatasetFilter, slice: Slice): Promise<Page<MessageRow>> {
    const query = pageQuery(messageList, whereOf(messagesDataset, filter), slice)
    return pageOf(await this.database.read<MessageRow>(workspaceId, query), slice.limit, positionOf)
  }

  async interactions(
    workspaceId: string,
    filter: DatasetFilter,
    slice: Slice,
  ): Promise<Page<InteractionRow>> {
    const query = pageQuery(interactionList, whereOf(funnelsDataset, filter), slice)
    return pageOf(await this.database.read<InteractionRow>(workspaceId, query), slice.limit, positionOf)
  }
}

const positionOf = ({ occurred_at, place }: EventRow): Position => [occurred_at, place]
