import { Inject, Injectable, Logger } from '@nestjs/common'
import { CONFIG, type Config, Database, ObjectStore, traced } from '#core'
import { type Claim, ClaimsService, type FinishedFile } from '../claims/claims.service.js'
import { CleanupService } from '../cleanup/cleanup.service.js'
import type { RenderStats } from '../formats/format.js'
import { gzip } from '../formats/gzip.js'
import { formats } from '../formats/registry.js'
import { datasetQuery } from '../leads-port.js'
import { ExportMetrics, type Outcome } from '../metrics/export-metrics.js'
import { attempt } from './attempt.js'
import { copyRows } from './copy-source.js'
import type { Verdict } from './faults.js'
import { StoppedError } from './heartbeat.js'
import { storeFile } from './store-file.js'
import { untilWritten } from './until-written.js'

/** Claims an export and turns it into a verified file (DESIGN section 5, steps 2 to 5). */
@Injectable()
export class ExportRunner {
  private readonly logger = new Logger(ExportRunner.name)
  private readonly draining = new AbortController()

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ObjectStore) private readonly store: ObjectStore,
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(CleanupService) private readonly cleanup: CleanupService,
    @Inject(ExportMetrics) private readonly metrics: ExportMetrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Runs the next export that is due; null when none is. Never throws for a fault of the export. */
  async runNext(): Promise<{ exportId: string; outcome: Outcome } | null> {
    const claim = await this.claims.claim()
    if (claim === null) return null
    const log = { exportId: claim.id, epoch: claim.epoch }
    this.logger.log(log, 'export claimed')
    const started = performance.now()
    const { id, dataset, format, traceparent: parent } = claim
    const attributes = { 'leadferry.export_id': id, 'leadferry.dataset': dataset, 'leadferry.format': format }
    const outcome = await traced('export', { kind: 'consumer', attributes, parent }, async (span) => {
      const ended = await this.attempt(claim)
      span.setAttribute('leadferry.outcome', ended)
      return ended
    })
    if (outcome === 'lost') await this.cleanup.removeLeftBy(claim, this.draining.signal)
    const ms = performance.now() - started
    this.metrics.attempted({ format: claim.format, outcome, seconds: ms / 1000 })
    this.logger.log({ ...log, outcome, ms: Math.round(ms) }, 'export attempt ended')
    return { exportId: claim.id, outcome }
  }

  /** Hands every running export back to the queue. */
  drain(): void {
    this.draining.abort(new StoppedError('draining'))
  }

  private async attempt(claim: Claim): Promise<Outcome> {
    const stats: RenderStats = { rows: 0, truncatedCells: 0 }
    const terms = {
      renew: () => this.claims.heartbeat(claim, stats.rows),
      draining: this.draining.signal,
      config: this.config,
    }
    const work = async (signal: AbortSignal) => {
      const file = await this.produce(claim, stats, signal)
      const finished = await this.claims.finish(claim, file)
      if (finished) this.metrics.completed(claim.format, file)
      return finished
    }
    const end = await attempt(work, terms)
    const log = { exportId: claim.id, epoch: claim.epoch }
    switch (end.how) {
      case 'done':
        return end.result ? 'completed' : 'lost'
      case 'fenced':
        this.logger.warn({ ...log, err: end.error }, 'the export was cancelled or is another worker’s now')
        return 'lost'
      case 'draining':
        return (await untilWritten(() => this.claims.handBack(claim), this.config)) ? 'queued' : 'lost'
      case 'fault': {
        this.logger.error({ ...log, err: end.error, ...end.verdict }, 'export attempt failed')
        const state = await untilWritten(() => this.carryOut(claim, end.verdict), this.config)
        return state === 'queued' || state === 'failed' ? state : 'lost'
      }
    }
  }

  /** Renders, uploads and verifies. */
  private async produce(claim: Claim, stats: RenderStats, signal: AbortSignal): Promise<FinishedFile> {
    const { archiveName, accountFolder, objectKey: key, contentType } = fileOf(claim)
    if (!(await this.claims.recordIntent(claim, key))) throw new StoppedError('fenced')
    const format = formats[claim.format]
    const filter = { ...claim.filter, ingestedUntil: claim.acceptedAt }
    const { sql, columns } = datasetQuery(claim.dataset, format.shape, filter, claim.options.columns)
    const snapshot: { at: Date | null } = { at: null }
    const terms = { signal, maxSeconds: this.config.EXPORT_MAX_SECONDS }
    const rows = copyRows(this.database, claim.workspaceId, sql, terms, (at) => (snapshot.at = at))
    const { timeZone, csv } = claim.options
    const rendered = format.render(rows, { columns, timeZone, csv }, stats)
    const onUpload = (uploadId: string) => this.claims.recordUpload(key, uploadId)
    const source = claim.gzip ? gzip(rendered) : rendered
    const stored = await storeFile(this.store, { key, contentType, onUpload }, source, signal)
    return { ...stats, ...stored, objectKey: key, archiveName, accountFolder, snapshotAt: snapshot.at }
  }

  private carryOut(claim: Claim, verdict: Verdict) {
    switch (verdict.action) {
      case 'put_off':
        return this.claims.putOff(claim, verdict.reason)
      case 'crash':
        return this.claims.crash(claim, verdict.reason)
      case 'fail':
        return this.claims.fail(claim, verdict.reason)
    }
  }
}

/** The names of an export's file (DESIGN section 6): the key has the epoch in it, so a late upload overwrites nothing. */
function fileOf(claim: Claim): Record<'archiveName' | 'accountFolder' | 'objectKey' | 'contentType', string> {
  const { extension, contentType } = formats[claim.format]
  const suffix = claim.gzip ? `${extension}.gz` : extension
  const accountFolder = claim.filter.accountId ?? 'all'
  const archiveName = `exports/${accountFolder}/${claim.day}-${claim.id}.${suffix}`
  const objectKey = `${claim.id}-${claim.epoch}/archive/${claim.codename}/${claim.format}/${archiveName}`
  return { archiveName, accountFolder, objectKey, contentType: claim.gzip ? 'application/gzip' : contentType }
}
