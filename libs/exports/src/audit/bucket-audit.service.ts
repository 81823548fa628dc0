import { Inject, Injectable, Logger } from '@nestjs/common'
import { Database, type ListedObject, ObjectStore } from '#core'
import * as sql from './audit.sql.js'
import type { AuditFindings } from './audit-findings.js'
import { BucketMetrics } from '../metrics/bucket-metrics.js'
import { inBatches } from './in-batches.js'
import { type IndexFile, indexFiles } from './index-files.js'
import { mergeJoin } from './merge-join.js'
import { type Maker, makerOf } from './object-key.js'

/** What is in memory, and asked of the database, at once. */
const BATCH = 1000

type UnknownKind = 'expected' | 'young' | 'lost' | 'foreign'

/** An object or an upload of ours that has to be looked up. */
interface Found extends Maker {
  key: string
  at: Date
}

/**
 * Compares bucket and index both ways, and mends what can be mended. It walks both side by side in the order of keys, in
 * flat memory. Nothing is judged by the lists alone, which are not of one moment: what seems to be wrong is looked
 * at again by itself. A store or a database that fails midway ends it with an error.
 */
@Injectable()
export class BucketAudit {
  private readonly logger = new Logger(BucketAudit.name)

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ObjectStore) private readonly store: ObjectStore,
    @Inject(BucketMetrics) private readonly metrics: BucketMetrics,
  ) {}

  /** @throws what the store or the database threw; the signal's reason once it is aborted */
  async run(signal: AbortSignal): Promise<AuditFindings> {
    const findings = {
      sound: 0,
      expected: 0,
      young: 0,
      lost: 0,
      foreign: 0,
      missing: 0,
      found: 0,
      uploads: 0,
    }
    await this.compare(findings, signal)
    await this.endLostUploads(findings, signal)
    this.metrics.observe(findings)
    return findings
  }

  private async compare(findings: AuditFindings, signal: AbortSignal): Promise<void> {
    const pairs = mergeJoin(this.ourObjects(findings, signal), indexFiles(this.database))
    for await (const batch of inBatches(pairs, BATCH)) {
      signal.throwIfAborted()
      const unknown: Found[] = []
      const returned: IndexFile[] = []
      for (const { left: object, right: file } of batch) {
        if (file === null) unknown.push({ ...object.maker, key: object.key, at: object.modifiedAt })
        else if (object?.size !== Number(file.size) && !(await this.isSound(file))) {
          findings.missing += await this.markMissing(file)
        } else {
          findings.sound += 1
          if (file.wasMissing) returned.push(file)
        }
      }
      await this.sortUnknown(unknown, findings)
      await this.welcomeBack(returned, findings)
    }
  }

  /** Objects whose keys are of our shape, and with it ASCII. */
  private async *ourObjects(
    findings: AuditFindings,
    signal: AbortSignal,
  ): AsyncGenerator<ListedObject & { maker: Maker }> {
    for await (const object of this.store.objects(signal)) {
      const maker = makerOf(object.key)
      if (maker === null) findings.foreign += 1
      else yield { ...object, maker }
    }
  }

  /** Asks for one object by itself: it may have come after the list. */
  private async isSound(file: IndexFile): Promise<boolean> {
    if ((await this.store.size(file.key)) === Number(file.size)) return true
    // A bucket that is gone answers for every object that it is not there.
    await this.store.check()
    return false
  }

  /** @returns 1; 0 where the index does not say any more that the file is there */
  private async markMissing({ id, key, ...file }: IndexFile): Promise<0 | 1> {
    const { rows } = await this.database.system.query<{ mended: boolean }>(sql.markMissing, [id, key])
    const [marked] = rows
    if (marked === undefined) return 0
    const { workspaceId, exportId, name, size } = file
    this.logger.error(
      { workspaceId, exportId, name, objectKey: key, size: Number(size), ...marked },
      'a file of the archive index is not in the store as it was put there',
    )
    return 1
  }

  private async sortUnknown(objects: Found[], findings: AuditFindings): Promise<void> {
    if (objects.length === 0) return
    const { rows } = await this.database.system.query<{ key: string; kind: UnknownKind }>(sql.sortObjects, [
      JSON.stringify(objects),
    ])
    for (const { kind } of rows) findings[kind] += 1
    const lost = rows.filter(({ kind }) => kind === 'lost')
    if (lost.length === 0) return
    const some = lost.slice(0, 20).map(({ key }) => key)
    this.logger.warn({ objects: lost.length, some }, 'objects that nobody knows of are to be removed')
  }

  private async welcomeBack(files: IndexFile[], findings: AuditFindings): Promise<void> {
    if (files.length === 0) return
    await this.database.system.query(sql.markFound, [files.map(({ id }) => id)])
    findings.found += files.length
  }

  private async endLostUploads(findings: AuditFindings, signal: AbortSignal): Promise<void> {
    for await (const batch of inBatches(this.ourUploads(signal), BATCH)) {
      const { rows } = await this.database.system.query<{ key: string }>(sql.lostUploadsInProgress, [
        JSON.stringify(batch),
      ])
      const lost = new Set(rows.map(({ key }) => key))
      for (const { key, uploadId } of batch.filter((upload) => lost.has(upload.key))) {
        signal.throwIfAborted()
        await this.store.abortUpload(key, uploadId)
        findings.uploads += 1
      }
    }
  }

  private async *ourUploads(signal: AbortSignal): AsyncGenerator<Found & { uploadId: string }> {
    for await (const { key, uploadId, startedAt: at } of this.store.uploads('', signal)) {
      const maker = makerOf(key)
      if (maker !== null) yield { ...maker, key, uploadId, at }
    }
  }
}
