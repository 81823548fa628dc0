import { Inject, Injectable } from '@nestjs/common'
import { Database, type Page, pageOf, type Slice } from '#core'
import { recordsDataset } from './datasets/records.dataset.js'
import { bound, type DatasetFilter } from './filter.js'
import { FIRST_VALUE, pageQuery } from './list-query.js'
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
  created_at: Date
  updated_at: Date
  created_at_text: string
}

/** Records of one workspace. */
@Injectable()
export class RecordsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Newest first. */
  async list(workspaceId: string, filter: DatasetFilter, slice: Slice): Promise<Page<RecordRow>> {
    const where = bound(recordsDataset.conditions(filter), FIRST_VALUE)
    const rows = await this.database.read<RecordRow>(workspaceId, pageQuery(recordList, where, slice))
    return pageOf(rows, slice.limit, (record) => [record.created_at_text, record.id])
  }
}
