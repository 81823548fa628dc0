import { Inject, Injectable, Logger } from '@nestjs/common'
import { CONFIG, type Config, Database, ObjectStore } from '#core'
import { type Claim, ClaimsService, type FinishedFile } from '../claims/claims.service.js'
import type { RenderStats } from '../formats/format.js'
import { gzip } from '../formats/gzip.js'
import { formats } from '../formats/registry.js'
import { datasetQuery } from '../leads-port.js'
import { copyRows } from './copy-source.js'
import { judge, VerificationError } from './faults.js'
import { Heartbeat, StoppedError } from './heartbeat.js'
import { MultipartUpload } from './multipart-upload.js'

/** How an attempt ended. */
export type Outcome = 'completed' | 'queued' | 'failed' | 'lost'

/** Claims an export and turns it into a verified file (DESIGN section 5, steps 2 to 5). */
@Injectable()
export class ExportRunner {
  private readonly logger = new Logger(ExportRunner.name)
  private readonly draining = new AbortController()

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ObjectStore) private readonly store: ObjectStore,
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Runs the next export that is due; null when none is. Never throws for a fault of the export. */
  async runNext(): Promise<{ exportId: string; outcome: Outcome } | null> {
    const claim = await this.claims.claim()
    if (claim === null) return null
    const log = { exportId: claim.id, epoch: claim.epoch }
    this.logger.log(log, 'export claimed')
    const started = process.hrtime.bigint()
    const outcome = await this.attempt(claim)
    const ms = Number((process.hrtime.bigint() - started) / 1_000_000n)
    this.logger.log({ ...log, outcome, ms }, 'export attempt ended')
    return { exportId: claim.id, outcome }
  }

  /** Hands every running export back to the queue. */
  drain(): void {
    this.draining.abort(new StoppedError('draining'))
  }

  private async attempt(claim: Claim): Promise<Outcome> {
    const stats: RenderStats = { rows: 0, truncatedCells: 0 }
    const heartbeat = new Heartbeat(this.claims, claim, stats, this.config)
    try {
      const signal = AbortSignal.any([heartbeat.signal, this.draining.signal])
      const file = await this.produce(claim, stats, signal)
      return (await this.claims.finish(claim, file)) ? 'completed' : 'lost'
    } catch (error) {
      return await this.afterFault(claim, error, heartbeat)
    } finally {
      heartbeat.stop()
    }
  }

  /** Renders, uploads and verifies. */
  private async produce(claim: Claim, stats: RenderStats, signal: AbortSignal): Promise<FinishedFile> {
    const { archiveName, objectKey, contentType } = fileOf(claim)
    if (!(await this.claims.recordIntent(claim, objectKey))) throw new StoppedError('fenced')
    const format = formats[claim.format]
    const filter = { ...claim.filter, ingestedUntil: claim.acceptedAt }
    const { sql, columns } = datasetQuery(claim.dataset, format.shape, filter, claim.options.columns)
    const snapshot: { at: Date | null } = { at: null }
    const rows = copyRows(this.database, claim.workspaceId, sql, signal, (at) => (snapshot.at = at))
    const { timeZone, csv } = claim.options
    const rendered = format.render(rows, { columns, timeZone, csv }, stats)
    const onUpload = async (uploadId: string) => {
      await this.claims.recordUpload(claim, uploadId)
    }
    const upload = new MultipartUpload(this.store, { key: objectKey, contentType, onUpload }, signal)
    const { bytes, sha256 } = await upload.run(claim.gzip ? gzip(rendered) : rendered)
    await this.verify(objectKey, bytes)
    const accountFolder = claim.filter.accountId ?? 'all'
    return { ...stats, bytes, sha256, objectKey, archiveName, accountFolder, snapshotAt: snapshot.at }
  }

  /** The store must agree on what it holds. */
  private async verify(objectKey: string, bytes: number): Promise<void> {
    const size = await this.store.size(objectKey)
    if (size !== bytes) throw new VerificationError(`the store holds ${size} bytes where ${bytes} were sent`)
  }

  private async afterFault(claim: Claim, error: unknown, heartbeat: Heartbeat): Promise<Outcome> {
    const log = { exportId: claim.id, epoch: claim.epoch, err: error }
    const stopped = heartbeat.stopped ?? (this.draining.signal.aborted ? 'draining' : undefined)
    if (stopped === 'fenced') {
      this.logger.warn(log, 'the export was cancelled or is another worker’s now')
      return 'lost'
    }
    if (stopped === 'draining') return (await this.claims.handBack(claim)) ? 'queued' : 'lost'
    const verdict =
      stopped === 'timed_out' ? ({ action: 'put_off', reason: 'timed_out' } as const) : judge(error)
    this.logger.error({ ...log, ...verdict }, 'export attempt failed')
    const state = await this.carryOut(claim, verdict)
    return state === 'queued' || state === 'failed' ? state : 'lost'
  }

  private carryOut(claim: Claim, verdict: ReturnType<typeof judge>) {
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
function fileOf(claim: Claim): { archiveName: string; objectKey: string; contentType: string } {
  const { extension, contentType } = formats[claim.format]
  const suffix = claim.gzip ? `${extension}.gz` : extension
  const archiveName = `exports/${claim.filter.accountId ?? 'all'}/${claim.day}-${claim.id}.${suffix}`
  const objectKey = `${claim.id}-${claim.epoch}/archive/${claim.codename}/${claim.format}/${archiveName}`
  return { archiveName, objectKey, contentType: claim.gzip ? 'application/gzip' : contentType }
}
