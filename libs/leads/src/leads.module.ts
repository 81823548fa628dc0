import { Global, Module } from '@nestjs/common'
import { FunnelsService } from './funnels.service.js'
import { LeadsService } from './leads.service.js'
import { MessageUsersService } from './message-users.service.js'
import { RecordsService } from './records.service.js'

const services = [LeadsService, RecordsService, FunnelsService, MessageUsersService]

/** Leads, conversations, and what an export can be of. */
@Global()
@Module({ providers: services, exports: services })
export class LeadsModule {}
