import { getQueueToken } from '@nestjs/bullmq'
import type { DynamicModule, NestApplicationOptions } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { Queue } from 'bullmq'
import type { Logger } from 'pino'
import {
  type Config,
  type Foundation,
  Metrics,
  NestLogger,
  queueNames,
  RATE_LIMITER,
  type RateLimiter,
} from '#core'
import { KeysService } from '#tenancy'
import { requireRootToken } from './admin/admin.authentication.js'
import { AdminModule } from './admin/admin.module.js'
import { serveQueuesBoard } from './admin/queues-board.js'
import { ArchiveGate } from './archives/archive-gate.js'
import { Draining } from './draining.js'
import { GatewayModule } from './gateway.module.js'
import { judgeAccess } from './http/access.js'
import { ActiveWorkspaces } from './http/active-workspaces.js'
import { createAdapter } from './http/adapter.js'
import { authenticate } from './http/authentication.js'
import { BatchLanes } from './http/batches/batch-lanes.js'
import { admitBatches } from './http/batches/batches-in-turn.js'
import { serveDocs } from './http/docs/docs-page.js'
import { ErrorFilter } from './http/error.filter.js'
import { type EndConnections, sayFarewell } from './http/farewell.js'
import { paceLargeBodies } from './http/paced-bodies.js'
import { paceRefusals } from './http/paced-refusals.js'
import { limitRequests } from './http/rate-limit.js'
import { logRequests } from './http/request-log.js'
import { requestMetrics } from './http/request-metrics.js'
import { traceRequests } from './http/request-trace.js'
import { takeRequestsInTurn } from './http/requests-in-turn.js'
import { ValidationPipe } from './http/validation.pipe.js'

/** Both ports of the gateway, ready to listen. */
export interface Gateway {
  /** The public API. */
  api: NestFastifyApplication
  /** The admin API, over the same services and connections. */
  admin: NestFastifyApplication
  draining: Draining
  /** Of both ports. */
  endConnections: EndConnections
  /** Closes what it stands on. */
  close(): Promise<void>
}

/** Both apps over one foundation. */
export async function createGateway(
  config: Config,
  logger: Logger,
  foundation: Foundation,
): Promise<Gateway> {
  const api = await createApp(
    GatewayModule.forRoot(config, () => foundation),
    config,
    logger,
  )
  const server = api.getHttpAdapter().getInstance()
  authenticate(server, api.get(KeysService))
  const draining = api.get(Draining)
  const endApi = sayFarewell(server, draining)
  const limiter = api.get<RateLimiter | null>(RATE_LIMITER)
  if (limiter !== null) limitRequests(server, limiter)
  paceRefusals(server)
  judgeAccess(server)
  takeRequestsInTurn(server, config, api.get(ActiveWorkspaces))
  admitBatches(server, api.get(BatchLanes))
  paceLargeBodies(server, api.get(ActiveWorkspaces))
  api.get(ArchiveGate).guard(server)
  serveDocs(server, api, config.PUBLIC_URL)
  const measure = config.METRICS_PORT === undefined ? undefined : requestMetrics(api.get(Metrics))
  measure?.(server)
  await api.init()

  const admin = await createApp(AdminModule.over(api), config, logger)
  const adminServer = admin.getHttpAdapter().getInstance()
  const endAdmin = sayFarewell(adminServer, draining)
  requireRootToken(adminServer, config.ADMIN_TOKEN)
  measure?.(adminServer)
  const queues = queueNames.map((name) => api.get<Queue>(getQueueToken(name), { strict: false }))
  await serveQueuesBoard(adminServer, queues)
  await admin.init()
  return {
    api,
    admin,
    draining,
    endConnections: async (ms) => {
      const ended = await Promise.all([endApi(ms), endAdmin(ms)])
      return ended.every(Boolean)
    },
    close: async () => {
      // The admin API stands on the connections that the other one closes.
      await admin.close()
      await api.close()
    },
  }
}

async function createApp(
  module: DynamicModule,
  config: Config,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const adapter = createAdapter(config)
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) traceRequests(adapter.getInstance())
  // With abortOnError, Nest would end the process before the caller could say why.
  const options: NestApplicationOptions = {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  }
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options)
  logRequests(adapter.getInstance(), logger)
  app.useGlobalFilters(new ErrorFilter())
  app.useGlobalPipes(new ValidationPipe())
  return app
}
