import type { RepeatableSql } from '#core'
import { Funnel, FunnelGroup } from './funnel.entity.js'
import { Lead } from './lead.entity.js'
import { droppingMonths } from './months/drop-months.sql.js'
import { lockMonths } from './months/lock-months.sql.js'
import { monthRanges } from './months/month-ranges.sql.js'
import { openingMonths } from './months/open-months.sql.js'

export { type DateRange, dateRange, timestamp } from './date-range.js'
export { accountsWithRows, type RowsByAccount, rowsByAccount } from './datasets/by-account.js'
export {
  type ColumnChoice,
  columnNames,
  type DatasetQuery,
  datasetQuery,
  knownExtraKeys,
} from './datasets/query.js'
export { type Dataset, type DatasetFilter, datasets } from './filter.js'
export { funnelFields, groupFields } from './funnel.fields.js'
export {
  type FunnelRow,
  type FunnelGroupPatch,
  FunnelsService,
  type NewFunnelGroup,
} from './funnels.service.js'
export { Funnel, FunnelGroup, Lead }
export type { ConversationEvent, EventOutcome } from './ingest/event.js'
export { IngestService } from './ingest/ingest.service.js'
export { leadStatuses, type LeadStatus } from './lead.entity.js'
export { LeadsModule } from './leads.module.js'
export type { ContactRow, LeadKey, LeadPatch, LeadRow, ListedLead, NewLead } from './lead-row.js'
export { LeadsService } from './leads.service.js'
export { ConversationsService, type InteractionRow, type MessageRow } from './conversations.service.js'
export { type MessageUserRow, MessageUsersService } from './message-users.service.js'
export { MonthsService } from './months/months.service.js'
export { type RecordRow, RecordsService } from './records.service.js'

export const leadEntities = [Lead, Funnel, FunnelGroup]

/** SQL functions of leads and conversations, see `RepeatableSql`. */
export const leadFunctions: readonly RepeatableSql[] = [
  ...monthRanges,
  lockMonths,
  ...openingMonths,
  ...droppingMonths,
]
