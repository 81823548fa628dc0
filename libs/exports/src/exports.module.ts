import { Global, Module } from '@nestjs/common'
import { ArchiveService } from './archive/archive.service.js'
import { ExportsService } from './exports.service.js'

/** Accepting exports and finding their files: what the gateway needs. The worker adds the pipeline. */
@Global()
@Module({ providers: [ExportsService, ArchiveService], exports: [ExportsService, ArchiveService] })
export class ExportsModule {}
