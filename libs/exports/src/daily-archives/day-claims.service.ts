import { hostname } from 'node:os'
import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config, Database, newHex } from '#core'
import { recordUpload } from '../claims/upload-intents.sql.js'
import type { FailureReason } from '../reasons.js'
import type { DailyFile } from './daily-file.js'
import { MAX_LINK_SECONDS } from '../archive/archive.service.js'
import * as sql from './day-claims.sql.js'

/** What a worker needs to know of the day it builds. */
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
}

/** All that a day has; a model without rows on an account has no file. */
export interface BuiltDay {
  files: (DailyFile & { rows: number; bytes: number; sha256: string })[]
  snapshotAt: Date
}

/**
 * The claim on a day: who holds the newest epoch may finish it, nobody else. Every method but `claim` answers
 * whether it was still ours.
 */
@Injectable()
export class DayClaimsService {
  private readonly worker = `${hostname()}:${process.pid}:${newHex()}`

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The newest day that is due, or null. */
  async claim(): Promise<DayClaim | null> {
    const values = [this.worker, this.config.EXPORT_LEASE_SECONDS]
    const { rows } = await this.database.system.query<DayClaim>(sql.claimDay, values)
    return rows[0] ?? null
  }

  renew(claim: DayClaim): Promise<boolean> {
    return this.changed(sql.renewDay, claim, this.config.EXPORT_LEASE_SECONDS)
  }

  recordIntent(claim: DayClaim, objectKey: string): Promise<boolean> {
    return this.changed(sql.recordDayIntent, claim, objectKey)
  }

  async recordUpload(objectKey: string, uploadId: string): Promise<void> {
    await this.database.system.query(recordUpload, [objectKey, uploadId])
  }

  finish(claim: DayClaim, { files, snapshotAt }: BuiltDay): Promise<boolean> {
    return this.changed(sql.finishDay, claim, JSON.stringify(files), snapshotAt, MAX_LINK_SECONDS)
  }

  putOff(claim: DayClaim, reason: FailureReason): Promise<boolean> {
    return this.changed(sql.putOffDay, claim, reason)
  }

  handBack(claim: DayClaim): Promise<boolean> {
    return this.changed(sql.handBackDay, claim)
  }

  /** Up to `limit` days that are due, newest first. */
  async due(limit: number): Promise<string[]> {
    const { rows } = await this.database.system.query<{ id: string }>(sql.dueDays, [limit])
    return rows.map(({ id }) => id)
  }

  private async changed(text: string, { id, epoch }: DayClaim, ...values: unknown[]): Promise<boolean> {
    const { rowCount } = await this.database.system.query(text, [id, epoch, ...values])
    return rowCount === 1
  }
}
