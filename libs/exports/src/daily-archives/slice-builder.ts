import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config, Database, ObjectStore } from '#core'
import { csv } from '../formats/csv.js'
import type { RenderStats } from '../formats/format.js'
import { zipped } from '../formats/zip/zipped.js'
import { accountsWithRows, knownExtraKeys, rowsByAccount } from '../leads-port.js'
import { StoppedError } from '../pipeline/heartbeat.js'
import { ParallelFiles } from '../pipeline/parallel-files.js'
import { Snapshot } from '../pipeline/snapshot.js'
import { splitCopy } from '../pipeline/split-copy.js'
import { type DailyFile, dailyFile, dailyModels, type DailyModel, type FolderAccount } from './daily-file.js'
import { type BuildPosition, type DayClaim, DayClaimsService, type Slice } from './day-claims.service.js'

/** Renders and stores the next files of a day: one per model and account that has rows, all of one moment. */
@Injectable()
export class SliceBuilder {
  /** A slice has no more files than this, and begins no further file after this time: another tenant's day waits for it. */
  limits = { files: 200, ms: 2000 }

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ObjectStore) private readonly store: ObjectStore,
    @Inject(DayClaimsService) private readonly claims: DayClaimsService,
    @Inject(CONFIG) private readonly config: Pick<Config, 'EXPORT_MAX_SECONDS'>,
  ) {}

  async build(claim: DayClaim, signal: AbortSignal): Promise<Slice> {
    const limits = { files: this.limits.files, until: performance.now() + this.limits.ms }
    const terms = { signal, maxSeconds: this.config.EXPORT_MAX_SECONDS }
    const snapshot = await Snapshot.take(this.database, claim.workspaceId, terms)
    const uploads = new ParallelFiles(this.store, signal)
    const slice = new SliceInProgress(claim, snapshot, uploads, this.claims, limits)
    try {
      const isLast = await slice.run()
      await uploads.end()
      // What is left of a COPY that was broken off is not read: its connection is closed.
      if (!slice.isBrokenOff) await snapshot.end()
      return { files: slice.files, snapshotAt: snapshot.at, position: slice.position, isLast }
    } finally {
      await uploads.settle()
      snapshot.release()
    }
  }
}

class SliceInProgress {
  readonly files: Slice['files'] = []
  position: BuildPosition
  /** Whether the time was over within a COPY. */
  isBrokenOff = false
  private begun = 0

  constructor(
    private readonly claim: DayClaim,
    private readonly snapshot: Snapshot,
    private readonly uploads: ParallelFiles,
    private readonly claims: DayClaimsService,
    private readonly limits: { files: number; until: number },
  ) {
    this.position = { model: claim.afterModel ?? dailyModels[0], account: claim.afterAccount ?? '' }
  }

  /** @returns whether the day has no further files */
  async run(): Promise<boolean> {
    const models = dailyModels.slice(dailyModels.indexOf(this.position.model))
    for (const model of models) {
      if (model !== this.position.model) this.position = { model, account: '' }
      if (this.isOver || !(await this.buildModel(model))) return false
    }
    return true
  }

  /** A slice has a file, however slow all else is: it must come further than the one before. */
  private get isOver(): boolean {
    return this.begun > 0 && performance.now() >= this.limits.until
  }

  /** @returns whether the model has no further files */
  private async buildModel(model: DailyModel): Promise<boolean> {
    const room = this.limits.files - this.begun
    const values = [this.position.account, room]
    const query = accountsWithRows(model, this.claim)
    const accounts = await this.snapshot.query<FolderAccount>(query, values)
    const isWhole = accounts.length === 0 || (await this.buildFiles(model, accounts))
    return isWhole && accounts.length < room
  }

  /** Stores a file per account out of one COPY, until the time is over. @returns whether of every account */
  private async buildFiles(model: DailyModel, accounts: readonly FolderAccount[]): Promise<boolean> {
    const { claim, snapshot, claims } = this
    const files = accounts.map((account) => dailyFile(claim, model, account))
    const keys = files.map(({ objectKey }) => objectKey)
    if (!(await claims.recordIntents(claim, keys))) throw new StoppedError('fenced')
    const choice = await knownExtraKeys(snapshot, model)
    const ids = accounts.map(({ id }) => id)
    const { sql, columns, accountAt } = rowsByAccount(model, claim, choice, ids)
    let built = 0
    for await (const { key, rows } of splitCopy(snapshot.copy(sql), columns.length, accountAt)) {
      const file = files[built]
      if (file === undefined || ids[built] !== key)
        throw new Error(`the rows of account ${key} came out of turn`)
      const stats: RenderStats = { rows: 0, truncatedCells: 0 }
      await this.store(file, csv.render(rows, { columns }, stats), stats)
      built++
      this.begun++
      this.position = { model, account: key }
      if (built < files.length && this.isOver) {
        this.isBrokenOff = true
        return false
      }
    }
    if (built < files.length) throw new Error(`${files.length - built} accounts of ${model} had no rows`)
    return true
  }

  private store(file: DailyFile, lines: AsyncIterable<Buffer>, stats: RenderStats): Promise<void> {
    const target = {
      key: file.objectKey,
      contentType: 'application/zip',
      onUpload: (uploadId: string) => this.claims.recordUpload(file.objectKey, uploadId),
    }
    return this.uploads.add(target, zipped(`${this.claim.day}.csv`, lines), (stored) =>
      this.files.push({ ...file, ...stored, rows: stats.rows }),
    )
  }
}
