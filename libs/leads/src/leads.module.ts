import { Global, Module } from '@nestjs/common'
import { FunnelsService } from './funnels.service.js'
import { LeadsService } from './leads.service.js'

/** Leads, funnels, and what an export can be of. */
@Global()
@Module({ providers: [LeadsService, FunnelsService], exports: [LeadsService, FunnelsService] })
export class LeadsModule {}
