import { hostname } from 'node:os'
import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config, Database, newHex } from '#core'
import type { Export } from '../export.entity.js'
import type { ExportState } from '../export.states.js'
import type { FailureReason } from '../reasons.js'
import * as sql from './claims.sql.js'
import { recordUpload } from './upload-intents.sql.js'

/** A worker may be lost, or a fault of ours may come up, this often before the export fails. */
export const MAX_CRASHES = 3

/** What a worker needs to know of the export it holds. */
export type Claim = Pick<
  Export,
  'id' | 'workspaceId' | 'dataset' | 'format' | 'gzip' | 'filter' | 'options' | 'epoch'
> & {
  codename: string
  /** Of the request that it was accepted by; null where nobody traced it. */
  traceparent: string | null
  /** ISO-8601 with microseconds and Z. */
  acceptedAt: string
  /** YYYY-MM-DD in the workspace's zone. */
  day: string
}

export interface FinishedFile {
  rows: number
  bytes: number
  sha256: string
  objectKey: string
  archiveName: string
  accountFolder: string
  snapshotAt: Date | null
  truncatedCells: number
}

/**
 * The claim on an export (DESIGN section 5): who holds the newest epoch may move it, nobody else. Every
 * method but `claim` answers whether the export was still ours.
 */
@Injectable()
export class ClaimsService {
  private readonly worker = `${hostname()}:${process.pid}:${newHex()}`

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The next export that is fair to take, or null. */
  async claim(): Promise<Claim | null> {
    const values = [this.worker, this.config.EXPORT_LEASE_SECONDS, MAX_CRASHES]
    const { rows } = await this.database.system.query<Claim>(sql.claimExport, values)
    return rows[0] ?? null
  }

  heartbeat(claim: Claim, rows: number): Promise<boolean> {
    return this.changed(sql.heartbeat, claim, this.config.EXPORT_LEASE_SECONDS, rows)
  }

  recordIntent(claim: Claim, objectKey: string): Promise<boolean> {
    return this.changed(sql.recordIntent, claim, objectKey)
  }

  async recordUpload(objectKey: string, uploadId: string): Promise<void> {
    await this.database.system.query(recordUpload, [objectKey, uploadId])
  }

  finish(claim: Claim, file: FinishedFile): Promise<boolean> {
    const { rows, bytes, sha256, objectKey, archiveName, accountFolder, snapshotAt, truncatedCells } = file
    const values = [
      rows,
      bytes,
      sha256,
      objectKey,
      archiveName,
      accountFolder,
      claim.day,
      snapshotAt,
      truncatedCells,
    ]
    return this.changed(sql.finishExport, claim, ...values)
  }

  /** @returns the state it came to; null when it was no longer ours */
  putOff(claim: Claim, reason: FailureReason): Promise<ExportState | null> {
    return this.moved(sql.putOffExport, claim, reason, this.config.EXPORT_GIVE_UP_SECONDS)
  }

  crash(claim: Claim, reason: FailureReason): Promise<ExportState | null> {
    return this.moved(sql.crashExport, claim, reason, MAX_CRASHES)
  }

  fail(claim: Claim, reason: FailureReason): Promise<ExportState | null> {
    return this.moved(sql.failExport, claim, reason)
  }

  handBack(claim: Claim): Promise<boolean> {
    return this.changed(sql.handBackExport, claim)
  }

  /** Fails the exports whose workers were lost too often; their ids. */
  async failLost(): Promise<string[]> {
    const { rows } = await this.database.system.query<{ id: string }>(sql.failLostExports, [MAX_CRASHES])
    return rows.map(({ id }) => id)
  }

  /** Up to `limit` exports that could be claimed now, of the workspaces in turn. */
  async due(limit: number): Promise<string[]> {
    const { rows } = await this.database.system.query<{ id: string }>(sql.dueExports, [limit])
    return rows.map(({ id }) => id)
  }

  private async changed(text: string, { id, epoch }: Claim, ...values: unknown[]): Promise<boolean> {
    const { rowCount } = await this.database.system.query(text, [id, epoch, ...values])
    return rowCount === 1
  }

  private async moved(text: string, { id, epoch }: Claim, ...values: unknown[]): Promise<ExportState | null> {
    const { rows } = await this.database.system.query<{ state: ExportState }>(text, [id, epoch, ...values])
    return rows[0]?.state ?? null
  }
}
