import { Inject, Injectable, Logger } from '@nestjs/common'
import { CONFIG, type Config, Database, ObjectStore } from '#core'
import { CleanupService } from '../cleanup/cleanup.service.js'
import { csv } from '../formats/csv.js'
import type { RenderStats } from '../formats/format.js'
import { zipped } from '../formats/zip/zipped.js'
import { type ColumnChoice, datasetQuery, knownExtraKeys } from '../leads-port.js'
import { ArchiveMetrics, type DayOutcome } from '../metrics/archive-metrics.js'
import { attempt } from '../pipeline/attempt.js'
import { StoppedError } from '../pipeline/heartbeat.js'
import { Snapshot } from '../pipeline/snapshot.js'
import { storeFile } from '../pipeline/store-file.js'
import { untilWritten } from '../pipeline/until-written.js'
import { type BuiltDay, type DayClaim, DayClaimsService } from './day-claims.service.js'
import { dailyFile, dailyModels, type DailyModel, type FolderAccount } from './daily-file.js'
import { firstRows } from './first-rows.js'

const accounts = 'SELECT id, slug, platform FROM accounts ORDER BY id'

/** Claims a day and builds its archives: a file per model and account that has rows, all of one moment. */
@Injectable()
export class DayBuilder {
  private readonly logger = new Logger(DayBuilder.name)
  private readonly draining = new AbortController()

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ObjectStore) private readonly store: ObjectStore,
    @Inject(DayClaimsService) private readonly claims: DayClaimsService,
    @Inject(CleanupService) private readonly cleanup: CleanupService,
    @Inject(ArchiveMetrics) private readonly metrics: ArchiveMetrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Builds the next day that is due; null when none is. Never throws for a fault of the build. */
  async buildNext(): Promise<DayOutcome | null> {
    const claim = await this.claims.claim()
    if (claim === null) return null
    const { workspaceId, day, epoch } = claim
    const started = performance.now()
    const outcome = await this.attempt(claim)
    if (outcome === 'lost') await this.cleanup.removeLeftBy(claim, this.draining.signal)
    const ms = performance.now() - started
    this.metrics.attempted(outcome, ms / 1000)
    this.logger.log({ workspaceId, day, epoch, outcome, ms: Math.round(ms) }, 'daily archives: attempt ended')
    return outcome
  }

  /** Hands the day under way back. */
  drain(): void {
    this.draining.abort(new StoppedError('draining'))
  }

  private async attempt(claim: DayClaim): Promise<DayOutcome> {
    const terms = {
      renew: () => this.claims.renew(claim),
      draining: this.draining.signal,
      config: this.config,
    }
    const work = async (signal: AbortSignal) => this.claims.finish(claim, await this.build(claim, signal))
    const end = await attempt(work, terms)
    switch (end.how) {
      case 'done':
        return end.result ? 'built' : 'lost'
      case 'fenced':
        return 'lost'
      case 'draining':
        return (await untilWritten(() => this.claims.handBack(claim), this.config)) ? 'due' : 'lost'
      case 'fault': {
        const { workspaceId, day } = claim
        this.logger.error({ workspaceId, day, err: end.error, ...end.verdict }, 'daily archives not built')
        const putOff = () => this.claims.putOff(claim, end.verdict.reason)
        return (await untilWritten(putOff, this.config)) ? 'due' : 'lost'
      }
    }
  }

  private async build(claim: DayClaim, signal: AbortSignal): Promise<BuiltDay> {
    const terms = { signal, maxSeconds: this.config.EXPORT_MAX_SECONDS }
    const snapshot = await Snapshot.take(this.database, claim.workspaceId, terms)
    try {
      const files: BuiltDay['files'] = []
      const folders = await snapshot.query<FolderAccount>(accounts)
      for (const model of dailyModels) {
        const columns = await knownExtraKeys(snapshot, model)
        for (const account of folders) {
          const file = await this.file(claim, snapshot, { model, account, columns }, signal)
          if (file !== null) files.push(file)
        }
      }
      await snapshot.end()
      return { files, snapshotAt: snapshot.at }
    } finally {
      snapshot.release()
    }
  }

  /** Renders and stores one file; null where there are no rows. */
  private async file(
    claim: DayClaim,
    snapshot: Snapshot,
    { model, account, columns: choice }: { model: DailyModel; account: FolderAccount; columns: ColumnChoice },
    signal: AbortSignal,
  ): Promise<BuiltDay['files'][number] | null> {
    const filter = { accountId: account.id, from: claim.from, to: claim.to }
    const { sql, columns } = datasetQuery(model, csv.shape, filter, choice)
    const stats: RenderStats = { rows: 0, truncatedCells: 0 }
    const lines = await firstRows(csv.render(snapshot.copy(sql), { columns }, stats), stats)
    if (lines === null) return null
    const file = dailyFile(claim, model, account)
    if (!(await this.claims.recordIntent(claim, file.objectKey))) throw new StoppedError('fenced')
    const target = {
      key: file.objectKey,
      contentType: 'application/zip',
      onUpload: (uploadId: string) => this.claims.recordUpload(file.objectKey, uploadId),
    }
    const stored = await storeFile(this.store, target, zipped(`${claim.day}.csv`, lines), signal)
    return { ...file, ...stored, rows: stats.rows }
  }
}
