import { Inject, Injectable } from '@nestjs/common'
import { Database, ObjectStore } from '#core'
import * as sql from './cleanup.sql.js'

/** How much one pass takes on; the next pass goes on from there. */
const BATCH = 100

interface LostUpload {
  objectKey: string
  uploadId: string | null
  settled: boolean
}

/** Removes what exports and daily archives leave behind. Every method is safe to be killed in, and answers how much it did. */
@Injectable()
export class CleanupService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ObjectStore) private readonly store: ObjectStore,
  ) {}

  async expireFiles(): Promise<number> {
    const { rowCount } = await this.database.system.query(sql.expireFiles, [BATCH])
    return rowCount ?? 0
  }

  async removeLostUploads(): Promise<number> {
    const { rows } = await this.database.system.query<LostUpload>(sql.lostUploads, [BATCH])
    for (const { objectKey, uploadId, settled } of rows) {
      if (uploadId !== null) await this.store.abortUpload(objectKey, uploadId)
      await this.store.delete(objectKey)
      await this.database.system.query(settled ? sql.forgetUpload : sql.uploadCleaned, [objectKey])
    }
    return rows.length
  }

  async forgetIdempotencyKeys(): Promise<number> {
    const { rowCount } = await this.database.system.query(sql.forgetIdempotencyKeys)
    return rowCount ?? 0
  }
}
