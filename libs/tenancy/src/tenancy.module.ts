import { Global, Module } from '@nestjs/common'
import { DirectoryService } from './directory.service.js'
import { IdempotencyService } from './idempotency.service.js'
import { KeysService } from './keys.service.js'
import { SessionsService } from './sessions.service.js'
import { WorkspacesService } from './workspaces.service.js'

/** Workspaces, their keys, chatbots and accounts. */
@Global()
@Module({
  providers: [WorkspacesService, KeysService, SessionsService, DirectoryService, IdempotencyService],
  exports: [WorkspacesService, KeysService, SessionsService, DirectoryService, IdempotencyService],
})
export class TenancyModule {}
