import type pg from 'pg'
import { cutOff, type Database } from '#core'
import { CopyOut } from './copy-out.js'

/** A worker that lives ends its snapshot itself, before PostgreSQL does. */
const MARGIN_SECONDS = 5

export interface SnapshotTerms {
  /** Ends what is being read by ending the connection. */
  signal: AbortSignal
  /** How long the work that reads it may take. A reader that takes nothing for longer is given up by PostgreSQL. */
  maxSeconds: number
}

/**
 * One REPEATABLE READ READ ONLY look at a workspace, on a connection of its own: whatever is read from it, one
 * after the other, is of one moment.
 *
 *     const snapshot = await Snapshot.take(…); try { … snapshot.copy(sql) …; await snapshot.end() } finally { snapshot.release() }
 */
export class Snapshot {
  private ended = false

  private constructor(
    private readonly client: pg.PoolClient,
    /** The database's time just before the snapshot was taken. */
    readonly at: Date,
    private readonly signal: AbortSignal,
  ) {
    if (signal.aborted) this.cut()
    else signal.addEventListener('abort', this.cut, { once: true })
  }

  static async take(
    database: Database,
    workspaceId: string,
    { signal, maxSeconds }: SnapshotTerms,
  ): Promise<Snapshot> {
    const settings = { ...endedWhenUnread(maxSeconds), ...readInOrder }
    const { client, at } = await database.beginSnapshot(workspaceId, settings, signal)
    return new Snapshot(client, new Date(at), signal)
  }

  /** The rows of a query. */
  async query<R extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<R[]> {
    return (await this.client.query<R>(sql, values)).rows
  }

  /** The bytes of one binary COPY. */
  copy(sql: string): AsyncGenerator<Buffer> {
    return CopyOut.on(this.client, `COPY (${sql}) TO STDOUT (FORMAT binary)`)
  }

  /** Everything was read. */
  async end(): Promise<void> {
    await this.client.query('COMMIT')
    this.ended = true
  }

  release(): void {
    this.signal.removeEventListener('abort', this.cut)
    // Nobody reads the rest of an unfinished COPY, so its connection is closed, not kept.
    this.client.release(!this.ended)
  }

  private readonly cut = () => cutOff(this.client)
}

/**
 * Every dataset has an index in the order of its files, and its rows lie on disk about as they came in, which the
 * planner does not know of an index of several columns: with random pages at their usual cost it sorts instead, in
 * parallel and on disk from some three million rows on: no row comes before all are sorted, and it takes cores from
 * others. The hint is a cost and no ban: a filter that leaves few rows is still answered by its own index.
 */
export const readInOrder = { random_page_cost: 0.3, max_parallel_workers_per_gather: 0 }

/**
 * A worker that is frozen, or cut off, can't end its transaction, which holds VACUUM back. Between two statements
 * PostgreSQL ends it; but while it writes rows to a socket that nobody reads it heeds no timeout of its own, so there
 * the kernel ends the connection: Linux counts a receiver that lives and whose window stays shut as one that takes
 * nothing (tcp(7), TCP_USER_TIMEOUT). Other systems ignore it.
 */
const endedWhenUnread = (maxSeconds: number): Record<string, number> => {
  const ms = (maxSeconds + MARGIN_SECONDS) * 1000
  return { idle_in_transaction_session_timeout: ms, tcp_user_timeout: ms }
}
