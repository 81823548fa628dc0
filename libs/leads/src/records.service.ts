import { Inject, Injectable } from '@nestjs/common'
import { Database, type IsoTime, type Page, pageOf, type Slice } from '#core'
import { recordsDataset } from './datasets/records.dataset.js'
import type { DatasetFilter } from './filter.js'
import { pageQuery, whereOf } from './list-query.js'
import { recordList } from './records.sql.js'

/** A record as it is read, with the names of what it refers to. */
export interface RecordRow {
  id: string
  /** The chatbot's 24-hex id. */
  app: string
  account_id: string
  funnel: string
  group: string
  /** The furthest interaction reached. */
  last: string
  extra_data: { name: string; cxt: string }[]
  message_user_id: string
  platform: string
  first_name: string | null
  last_name: string | null
  created_at: IsoTime
  updated_at: IsoTime
}

/** Records of one workspace. */
@Injectable()
export class RecordsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Newest first. */
  async list(workspaceId: string, filter: DatasetFilter, slice: Slice): Promise<Page<RecordRow>> {
    const query = pageQuery(recordList, whereOf(recordsDataset, filter), slice)
    const rows = await this.database.read<RecordRow>(workspaceId, query)
    return pageOf(rows, slice.limit, (record) => [record.created_at, record.id])
  }
}
