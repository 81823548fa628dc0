import { type DynamicModule, type INestApplication, Module } from '@nestjs/common'
import { DeadLettersService, ExportFilesService, KeyRevocationService } from '#exports'
import { FunnelsService } from '#leads'
import { KeysService, WorkspacesService } from '#tenancy'
import { SealedPages } from '../http/sealed-pages.js'
import { DeadLettersController } from './dead-letters.controller.js'
import { WorkspaceExportsController } from './workspace-exports.controller.js'
import { WorkspaceController } from './workspace.controller.js'
import { WorkspacesController } from './workspaces.controller.js'

const services = [
  WorkspacesService,
  KeysService,
  FunnelsService,
  ExportFilesService,
  KeyRevocationService,
  DeadLettersService,
  SealedPages,
]

/** The admin API: an application of its own on a port of its own, over the gateway's own services. */
@Module({})
export class AdminModule {
  static over(gateway: INestApplication): DynamicModule {
    return {
      module: AdminModule,
      controllers: [
        WorkspacesController,
        WorkspaceController,
        WorkspaceExportsController,
        DeadLettersController,
      ],
      providers: services.map((service) => ({ provide: service, useValue: gateway.get<object>(service) })),
    }
  }
}
