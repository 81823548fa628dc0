import { type DynamicModule, type INestApplication, Module } from '@nestjs/common'
import { FunnelsService } from '#leads'
import { KeysService, WorkspacesService } from '#tenancy'
import { WorkspaceController } from './workspace.controller.js'
import { WorkspacesController } from './workspaces.controller.js'

const services = [WorkspacesService, KeysService, FunnelsService]

/** The admin API: an application of its own on a port of its own, over the gateway's own services. */
@Module({})
export class AdminModule {
  static over(gateway: INestApplication): DynamicModule {
    return {
      module: AdminModule,
      controllers: [WorkspacesController, WorkspaceController],
      providers: services.map((service) => ({ provide: service, useValue: gateway.get<object>(service) })),
    }
  }
}
