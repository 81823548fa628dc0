import { Inject, Injectable, Logger } from '@nestjs/common'
import { Database, ObjectStore } from '#core'
import * as sql from './cleanup.sql.js'

/** How much one pass takes on; the next pass goes on from there. */
const BATCH = 100

interface LostUpload {
  objectKey: string
  uploadId: string | null
  settled: boolean
}

/** A try at an export or at a day's archives. */
interface Attempt {
  id: string
  epoch: number
}

/** Removes what exports and daily archives leave behind. Every method is safe to be killed in, and answers how much it did. */
@Injectable()
export class CleanupService {
  private readonly logger = new Logger(CleanupService.name)

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ObjectStore) private readonly store: ObjectStore,
  ) {}

  async expireFiles(): Promise<number> {
    const { rowCount } = await this.database.system.query(sql.expireFiles, [BATCH])
    return rowCount ?? 0
  }

  /** @param signal ends the pass after what it has in hand */
  async removeLostUploads(signal?: AbortSignal): Promise<number> {
    const { rows } = await this.database.system.query<LostUpload>(sql.lostUploads, [BATCH])
    let removed = 0
    for (const upload of rows) {
      if (signal?.aborted === true) break
      await this.remove(upload)
      removed += 1
    }
    return removed
  }

  /**
   * Removes at once what an attempt left in the store that was cancelled or is another worker's now. Never throws: what
   * can't be removed at once stays on the list, and a janitor goes over it.
   */
  async removeLeftBy({ id, epoch }: Attempt): Promise<void> {
    try {
      const { rows } = await this.database.system.query<LostUpload>(sql.lostUploadsOf, [id, epoch])
      for (const upload of rows) await this.remove(upload)
    } catch (error) {
      this.logger.warn({ holder: id, epoch, err: error }, 'a lost attempt is left to be cleaned up later')
    }
  }

  async forgetIdempotencyKeys(): Promise<number> {
    const { rowCount } = await this.database.system.query(sql.forgetIdempotencyKeys)
    return rowCount ?? 0
  }

  private async remove({ objectKey, uploadId, settled }: LostUpload): Promise<void> {
    if (uploadId !== null) await this.store.abortUpload(objectKey, uploadId)
    await this.store.abortUploads(objectKey)
    await this.store.delete(objectKey)
    await this.database.system.query(settled ? sql.forgetUpload : sql.uploadCleaned, [objectKey])
  }
}
