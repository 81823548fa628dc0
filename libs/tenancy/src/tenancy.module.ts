import { Global, Module } from '@nestjs/common'
import { DirectoryService } from './directory.service.js'
import { IdempotencyService } from './idempotency.service.js'
import { KeysService } from './keys.service.js'
import { WorkspacesService } from './workspaces.service.js'

/** Workspaces, their keys, chatbots and accounts. */
@Global()
@Module({
  providers: [WorkspacesService, KeysService, DirectoryService, IdempotencyService],
  exports: [WorkspacesService, KeysService, DirectoryService, IdempotencyService],
})
export class TenancyModule {}
