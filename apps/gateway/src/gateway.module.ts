import { type DynamicModule, Module } from '@nestjs/common'
import { type Config, CoreModule, type Foundation, QueuesModule, RateLimitModule } from '#core'
import { ExportsModule } from '#exports'
import { LeadsModule } from '#leads'
import { TenancyModule } from '#tenancy'
import { ConversationsController } from './conversations/conversations.controller.js'
import { ArchiveBuildsController } from './archive-builds/archive-builds.controller.js'
import { ArchiveGate } from './archives/archive-gate.js'
import { ArchiveLoginController } from './archives/archive-login.controller.js'
import { ArchiveRefusals } from './archives/archive-refusals.js'
import { ArchiveSessions } from './archives/archive-sessions.js'
import { ArchiveViews } from './archives/archive-views.js'
import { ArchivesController } from './archives/archives.controller.js'
import { LoginAttempts } from './archives/login-attempts.js'
import { PageReplies } from './archives/page-replies.js'
import { ArchiveController } from './dialects/chat-tonic/archive.controller.js'
import { LeadListsController } from './dialects/chat-tonic/lead-lists.controller.js'
import { LeadController } from './dialects/chat-tonic/lead.controller.js'
import { GetLeadsController } from './dialects/get-leads/get-leads.controller.js'
import { WorkspaceLeadController } from './dialects/workspace-leads/workspace-lead.controller.js'
import { WorkspaceLeadListController } from './dialects/workspace-leads/workspace-lead-list.controller.js'
import { WorkspaceLeadsController } from './dialects/workspace-leads/workspace-leads.controller.js'
import { ArchivedFiles } from './downloads/archived-files.js'
import { DownloadPace } from './downloads/download-pace.js'
import { DownloadSlots } from './downloads/download-slots.js'
import { DownloadsController } from './downloads/downloads.controller.js'
import { FileLinks } from './downloads/file-links.js'
import { FilesController } from './downloads/files.controller.js'
import { MailedLinks } from './downloads/mailed-links.js'
import { EventsController } from './events/events.controller.js'
import { ExportsController } from './exports/exports.controller.js'
import { FilterResolver } from './exports/filter-resolver.js'
import { Draining } from './draining.js'
import { HealthController } from './health/health.controller.js'
import { HealthService } from './health/health.service.js'
import { ActiveWorkspaces } from './http/active-workspaces.js'
import { BatchLanes } from './http/batches/batch-lanes.js'
import { KeptBytes } from './http/idempotency/kept-bytes.js'
import { SealedPages } from './http/sealed-pages.js'

/** The public port: the dialects, exports, downloads and health. */
@Module({})
export class GatewayModule {
  static forRoot(config: Config, foundation: () => Foundation): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        CoreModule.forRoot(config, foundation),
        QueuesModule.forRoot(config, 'producer'),
        RateLimitModule.forRoot(config),
        TenancyModule,
        LeadsModule,
        ExportsModule,
      ],
      controllers: [
        GetLeadsController,
        WorkspaceLeadsController,
        WorkspaceLeadListController,
        WorkspaceLeadController,
        ConversationsController,
        LeadController,
        LeadListsController,
        ArchiveController,
        EventsController,
        ArchiveBuildsController,
        ExportsController,
        DownloadsController,
        FilesController,
        ArchiveLoginController,
        ArchivesController,
        HealthController,
      ],
      providers: [
        { provide: BatchLanes, useFactory: () => new BatchLanes() },
        KeptBytes,
        SealedPages,
        FilterResolver,
        FileLinks,
        DownloadSlots,
        DownloadPace,
        ActiveWorkspaces,
        ArchivedFiles,
        MailedLinks,
        ArchiveGate,
        ArchiveRefusals,
        ArchiveSessions,
        ArchiveViews,
        LoginAttempts,
        PageReplies,
        HealthService,
        Draining,
      ],
    }
  }
}
