import type { Database } from '#core'
import { Snapshot, type SnapshotTerms } from './snapshot.js'

/**
 * The bytes of one binary COPY in a snapshot of its own. The transaction begins with the first chunk that is
 * asked for, and ends as soon as the last one was read, not when the file is uploaded: an open snapshot holds
 * VACUUM back.
 *
 * @param onSnapshot told the database's time just before the snapshot was taken
 */
export async function* copyRows(
  database: Database,
  workspaceId: string,
  sql: string,
  terms: SnapshotTerms,
  onSnapshot: (at: Date) => void,
): AsyncGenerator<Buffer> {
  const snapshot = await Snapshot.take(database, workspaceId, terms)
  try {
    onSnapshot(snapshot.at)
    yield* snapshot.copy(sql)
    await snapshot.end()
  } finally {
    snapshot.release()
  }
}
