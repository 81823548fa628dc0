import { Global, Module } from '@nestjs/common'
import { FunnelsService } from './funnels.service.js'
import { IngestService } from './ingest/ingest.service.js'
import { LeadsService } from './leads.service.js'
import { RecordsService } from './records.service.js'

/** Leads, records, funnels, and what an export can be of. */
@Global()
@Module({
  providers: [LeadsService, RecordsService, FunnelsService, IngestService],
  exports: [LeadsService, RecordsService, FunnelsService, IngestService],
})
export class LeadsModule {}
