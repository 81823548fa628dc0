import { S3ServiceException } from '@aws-sdk/client-s3'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { Database, ObjectStore, withJoinedSignal } from '#core'
import * as sql from './cleanup.sql.js'

/** How much one pass takes on; the next pass goes on from there. */
const BATCH = 100
/** Files of given-up builds are only moved from one table to another. */
const GIVEN_UP_BATCH = 1000
/** Whoever waits for what is removed has other things to do: a store that is slower than this is tried again later. */
const PATIENCE_MS = 15_000
/** For each file of an attempt that was lost: its worker has the next one to run, or is to end. */
const BRIEF_PATIENCE_MS = 3000
/** How long a pass works on one after the other: what else is to be done in turn with it does not wait for a whole list. */
const PASS_MS = 5000
const NEVER = new AbortController().signal

interface LostUpload {
  objectKey: string
  uploadId: string | null
  settled: boolean
}

/** How far a pass has come. */
interface Done {
  removed: number
  failed: number
}

/** A try at an export or at a day's archives. */
export interface Attempt {
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

  /**
   * Goes over the list until it is done, the pass is over, the store says nothing any more, or the signal ends it,
   * wherever it is. The next pass goes on from there.
   * @param passMs milliseconds after which none more is begun; one is, in any case
   * @throws Error when some could not be removed: they are tried again later, and do not keep the others
   */
  async removeLostUploads(signal = NEVER, passMs = PASS_MS): Promise<number> {
    await this.database.system.query(sql.giveUpFiles, [GIVEN_UP_BATCH])
    const done = { removed: 0, failed: 0 }
    const until = performance.now() + passMs
    while (!signal.aborted) {
      const { rows } = await this.database.system.query<LostUpload>(sql.lostUploads, [BATCH])
      if (rows.length === 0 || !(await this.removeEach(rows, done, until, signal))) break
    }
    const { removed, failed } = done
    if (failed > 0) throw new Error(`${failed} lost uploads could not be removed, ${removed} were`)
    return removed
  }

  /**
   * Removes at once what an attempt left in the store that was cancelled or is another worker's now. Never throws: what
   * can't be removed at once stays on the list, and a janitor goes over it.
   *
   * @param signal what the worker aborts when it must end; then nothing more is tried
   */
  async removeLeftBy({ id, epoch }: Attempt, signal = NEVER): Promise<void> {
    try {
      const { rows } = await this.database.system.query<LostUpload>(sql.lostUploadsOf, [id, epoch])
      for (const upload of rows) {
        await this.removeFromStore(upload, signal, BRIEF_PATIENCE_MS)
        await this.noteRemoved(upload)
      }
    } catch (error) {
      this.logger.warn({ holder: id, epoch, err: error }, 'a lost attempt is left to be cleaned up later')
    }
  }

  /**
   * Removes the file of an export that has just expired. A janitor removes it later when the store does not answer within
   * seconds.
   *
   * @returns whether the store has confirmed that the file is gone
   */
  async removeFile(attempt: Attempt): Promise<boolean> {
    await this.removeLeftBy(attempt)
    const { rows } = await this.database.system.query<{ removed: boolean }>(sql.isRemoved, [
      attempt.id,
      attempt.epoch,
    ])
    return rows[0]?.removed === true
  }

  async forgetIdempotencyKeys(): Promise<number> {
    const { rowCount } = await this.database.system.query(sql.forgetIdempotencyKeys)
    return rowCount ?? 0
  }

  /** @returns whether there is time to go on, and the store is well enough */
  private async removeEach(
    uploads: LostUpload[],
    done: Done,
    until: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    for (const upload of uploads) {
      if (done.removed + done.failed > 0 && performance.now() >= until) return false
      try {
        await this.removeFromStore(upload, signal)
      } catch (error) {
        if (signal.aborted) return false
        const { objectKey } = upload
        this.logger.warn({ objectKey, err: error }, 'a lost upload could not be removed')
        await this.database.system.query(sql.putOffCleaning, [objectKey])
        done.failed += 1
        // What gave no answer for this one gives none for the next; what refuses so many refuses all.
        if (!(error instanceof S3ServiceException) || done.failed >= BATCH) return false
        continue
      }
      await this.noteRemoved(upload)
      done.removed += 1
    }
    return true
  }

  private async removeFromStore(
    { objectKey, uploadId }: LostUpload,
    signal: AbortSignal,
    patienceMs = PATIENCE_MS,
  ): Promise<void> {
    await withJoinedSignal([signal, AbortSignal.timeout(patienceMs)], async (patience) => {
      if (uploadId !== null) await this.store.abortUpload(objectKey, uploadId, patience)
      await this.store.abortUploads(objectKey, patience)
      await this.store.delete(objectKey, patience)
    })
  }

  private async noteRemoved({ objectKey, settled }: LostUpload): Promise<void> {
    await this.database.system.query(settled ? sql.forgetUpload : sql.uploadCleaned, [objectKey])
  }
}
