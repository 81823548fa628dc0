import type { Config } from '../config/schema.js'
import type { Database } from '../database/database.js'
import type { ObjectStore } from '../storage/object-store.js'
import { readMarker, writeFirstMarker } from './marker.js'

/** Thrown when the bucket holds the files of another database than the one we are connected to. */
export class OtherInstanceError extends Error {
  constructor(ours: string, theirs: string, bucket: string, databaseUrl: string) {
    const { host, pathname } = new URL(databaseUrl)
    super(
      `the database ${host}${pathname} is instance ${ours}, but the bucket "${bucket}" belongs to instance ${theirs}: ` +
        'put back the database that the bucket belongs to, or correct the URL or the bucket; if this database is the one ' +
        'that is meant, `bin/leadferry instance adopt` gives it the bucket',
    )
    this.name = 'OtherInstanceError'
  }
}

/** The id that the first migration gave to the database. */
export async function instanceOf(database: Database): Promise<string> {
  const { rows } = await database.system.query<{ id: string }>('SELECT id FROM instance')
  if (rows[0] === undefined) throw new Error('the table "instance" has no row')
  return rows[0].id
}

/**
 * Holds the database against the bucket, and marks a bucket that nobody has marked: an empty database in place of the
 * one that was filled, or a wrong URL, would else be served as if every export and every lead were gone.
 *
 * @param signal ends the wait for a store that does not answer
 * @throws OtherInstanceError, UnreadableMarkerError, or whatever the database or the store threw
 */
export async function assertSameInstance(
  database: Database,
  store: ObjectStore,
  { SYSTEM_DATABASE_URL: url }: Pick<Config, 'SYSTEM_DATABASE_URL'>,
  signal?: AbortSignal,
): Promise<void> {
  const ours = await instanceOf(database)
  let marked = await readMarker(store, signal)
  if (marked === null) {
    await writeFirstMarker(store, ours, signal)
    // Another process may have been first.
    marked = await readMarker(store, signal)
  }
  if (marked === null) throw new Error(`the bucket "${store.bucket}" did not keep its marker`)
  if (marked.instance !== ours) throw new OtherInstanceError(ours, marked.instance, store.bucket, url)
}
