import { Inject, Injectable } from '@nestjs/common'
import { Database, type IsoTime, notFound, type Page, pageOf, type Slice } from '#core'
import { messageUsersDataset } from './datasets/message-users.dataset.js'
import type { DatasetFilter } from './filter.js'
import { pageQuery, whereOf } from './list-query.js'
import { messageUserById, messageUserList } from './message-users.sql.js'

/** A person on an account, as a list shows it. */
export interface MessageUserRow {
  /** 24 hex digits. */
  id: string
  account_id: string
  /** The person's id on the platform. */
  external_id: string
  platform: string
  first_name: string | null
  last_name: string | null
  created_at: IsoTime
  updated_at: IsoTime
}

/** Message users of one workspace. */
@Injectable()
export class MessageUsersService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Newest first. */
  async list(workspaceId: string, filter: DatasetFilter, slice: Slice): Promise<Page<MessageUserRow>> {
    const query = pageQuery(messageUserList, whereOf(messageUsersDataset, filter), slice)
    const rows = await this.database.read<MessageUserRow>(workspaceId, query)
    return pageOf(rows, slice.limit, (user) => [user.created_at, user.id])
  }

  /** @throws AppError 404 that names `messageUser` */
  async assertExists(workspaceId: string, id: string): Promise<void> {
    const query = {
      name: 'message-user-by-id',
      text: messageUserById,
      values: [id],
      planned: 'once',
    } as const
    const [found] = await this.database.read<{ id: string }>(workspaceId, query)
    if (found === undefined) throw notFound('messageUser', 'The message user')
  }
}
