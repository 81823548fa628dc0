import { Global, Module } from '@nestjs/common'
import { ConversationsService } from './conversations.service.js'
import { FunnelsService } from './funnels.service.js'
import { IngestService } from './ingest/ingest.service.js'
import { LeadsService } from './leads.service.js'
import { MessageUsersService } from './message-users.service.js'
import { MonthsService } from './months/months.service.js'
import { RecordsService } from './records.service.js'

const services = [
  IngestService,
  LeadsService,
  RecordsService,
  FunnelsService,
  MessageUsersService,
  ConversationsService,
  MonthsService,
]

/** Leads, conversations, and what an export can be of. */
@Global()
@Module({ providers: services, exports: services })
export class LeadsModule {}
