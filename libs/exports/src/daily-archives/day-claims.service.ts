import { hostname } from 'node:os'
import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config, Database, newHex } from '#core'
import { MAX_LINK_SECONDS } from '../archive/archive.service.js'
import { recordUpload } from '../claims/upload-intents.sql.js'
import type { FailureReason } from '../reasons.js'
import type { DailyFile, DailyModel } from './daily-file.js'
import * as sql from './day-claims.sql.js'

/** What a worker needs to know of the day of which it builds a slice. */
export interface DayClaim {
  id: string
  workspaceId: string
  codename: string
  /** YYYY-MM-DD by the workspace's clock. */
  day: string
  epoch: number
  /** Where it begins and ends, ISO-8601 with Z; 23 or 25 hours apart when clocks change. */
  from: string
  to: string
  /** The last file of the slice before; null where this is the first one. */
  afterModel: DailyModel | null
  afterAccount: string | null
}

/** A file by its place in a build: files are built model by model, in the order of the accounts' ids. */
export interface BuildPosition {
  model: DailyModel
  /** An account's id; empty before the first one. */
  account: string
}

/** Some files of a day, of one moment. A model without rows on an account has no file. */
export interface Slice {
  files: (DailyFile & { rows: number; bytes: number; sha256: string })[]
  snapshotAt: Date
  /** How far the build has come. */
  position: BuildPosition
  /** Whether the day has no further files. */
  isLast: boolean
}

/**
 * The claim on a day: who holds the newest epoch may go on with it, nobody else. Every method but `claim` answers
 * whether it was still ours.
 */
@Injectable()
export class DayClaimsService {
  private readonly worker = `${hostname()}:${process.pid}:${newHex()}`

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The next day that is fair to take, or null. */
  async claim(): Promise<DayClaim | null> {
    const values = [this.worker, this.config.EXPORT_LEASE_SECONDS]
    const { rows } = await this.database.system.query<DayClaim>(sql.claimDay, values)
    return rows[0] ?? null
  }

  renew(claim: DayClaim): Promise<boolean> {
    return this.changed(sql.renewDay, claim, this.config.EXPORT_LEASE_SECONDS)
  }

  recordIntents(claim: DayClaim, objectKeys: readonly string[]): Promise<boolean> {
    return this.changed(sql.recordDayIntents, claim, objectKeys)
  }

  async recordUpload(objectKey: string, uploadId: string): Promise<void> {
    await this.database.system.query(recordUpload, [objectKey, uploadId])
  }

  /** Keeps a slice and ends the claim: another day has its turn before the next slice. */
  keep(claim: DayClaim, slice: Slice): Promise<boolean> {
    return this.store(claim, slice, true)
  }

  /** Keeps the last slice and lists all files of the build. */
  async finish(claim: DayClaim, slice: Slice): Promise<boolean> {
    if (!(await this.store(claim, slice, false))) return false
    return this.changed(sql.finishDay, claim, slice.snapshotAt, MAX_LINK_SECONDS)
  }

  putOff(claim: DayClaim, reason: FailureReason): Promise<boolean> {
    return this.changed(sql.putOffDay, claim, reason)
  }

  handBack(claim: DayClaim): Promise<boolean> {
    return this.changed(sql.handBackDay, claim)
  }

  /** Up to `limit` days that could be claimed now, of the workspaces in turn. */
  async due(limit: number): Promise<string[]> {
    const { rows } = await this.database.system.query<{ id: string }>(sql.dueDays, [limit])
    return rows.map(({ id }) => id)
  }

  private store(claim: DayClaim, slice: Slice, endsClaim: boolean): Promise<boolean> {
    const { files, snapshotAt, position } = slice
    const values = [JSON.stringify(files), snapshotAt, position.model, position.account, endsClaim]
    return this.changed(sql.keepSlice, claim, ...values)
  }

  private async changed(text: string, { id, epoch }: DayClaim, ...values: unknown[]): Promise<boolean> {
    const { rowCount } = await this.database.system.query(text, [id, epoch, ...values])
    return rowCount === 1
  }
}
