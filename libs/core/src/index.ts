export type { Column, ColumnType } from './columns.js'
export { envExample } from './config/env-example.js'
export { ConfigError, loadConfig } from './config/load.js'
export type { Config } from './config/schema.js'
export { CONFIG } from './config/token.js'
export { CoreModule } from './core.module.js'
export { AdvisoryLocks } from './database/advisory-locks.js'
export { cutOff } from './database/cut-off.js'
export { Database } from './database/database.js'
export { entityColumns, entityOf } from './database/entity-rows.js'
export { inTurn } from './database/in-turn.js'
export { isAbsence } from './database/no-connection.js'
export { migrate } from './database/migrate.js'
export type { RepeatableSql } from './database/repeatable.js'
export { whenThere } from './database/when-there.js'
export { inMilliseconds, type IsoTime } from './database/iso-times.js'
export { quote } from './database/quote.js'
export { createRoles, installRoles, type Queryable, type RolePasswords, roles } from './database/roles.js'
export type { NamedQuery } from './database/tenant-read.js'
export { foldInSlices, inSlices, nextSlice } from './event-loop/in-slices.js'
export { AppError, invalid, notFound } from './errors/app-error.js'
export { type ErrorCode, errorCatalog } from './errors/catalog.js'
export { type ErrorDetails, withShortEchoes } from './errors/details.js'
export { workspaceBusy } from './errors/workspace-busy.js'
export { type Foundation, layFoundation } from './foundation.js'
export {
  integerField,
  isOneLine,
  lineText,
  nameField,
  NOT_ONE_LINE,
  onOneLine,
  requiredText,
  saysSomething,
  text,
} from './fields.js'
export { leadId, newChatbotId, newExportId, newHex, newWorkspaceId, objectId, sha256Hex } from './ids.js'
export { instanceOf } from './instance/instance.js'
export { INSTANCE_MARKER_KEY, readMarker, replaceMarker } from './instance/marker.js'
export { endableAtOnce, endSignal } from './lifetime/end-signal.js'
export { giveWay } from './lifetime/give-way.js'
export { withJoinedSignal } from './lifetime/joined-signal.js'
export { aborted, closed, within } from './lifetime/within.js'
export { createLogger, NestLogger } from './logging/logger.js'
export { mailAddress } from './mail/address.js'
export { MailError } from './mail/mail-error.js'
export { type Mail, Mailer } from './mail/mailer.js'
export { type Counter, type Gauge, type Histogram, Metrics } from './metrics/metrics.js'
export { type Page, pageOf, type Position, type Slice } from './page.js'
export { queueBackend, queueOptions } from './queues/backend.js'
export { jobCatalog, type QueueName, queueNames } from './queues/catalog.js'
export { announce, lookAtQueue, messagesOn, withQueue } from './queues/open-queue.js'
export { QueuesModule } from './queues/queues.module.js'
export { tellErrors } from './queues/tell-errors.js'
export { Waker } from './queues/waker.js'
export { IDEMPOTENCY_BUDGET, RATE_LIMITER, RateLimitModule } from './rate-limit/rate-limit.module.js'
export { type Allowance, RateLimiter } from './rate-limit/rate-limiter.js'
export {
  type ListedObject,
  type ListedUpload,
  ObjectMissingError,
  ObjectStore,
  StoreAnswerError,
} from './storage/object-store.js'
export { sign, verify } from './signing.js'
export { type EndTracing, startTracing } from './tracing/start-tracing.js'
export { traced, traceparent } from './tracing/trace.js'
