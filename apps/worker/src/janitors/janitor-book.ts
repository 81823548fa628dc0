import { Inject, Injectable } from '@nestjs/common'
import { Database } from '#core'
import { type Janitor, paces } from './janitor.js'
import * as sql from './janitor-book.sql.js'

/** How a run of a janitor ended. */
export type Run =
  | { outcome: 'succeeded'; done: number }
  /** Its worker shut down, or lost the lock. */
  | { outcome: 'stopped'; done: number }
  | { outcome: 'failed'; error: unknown }

/** Keeps the table that says when each janitor ran last, so that a day is a day over restarts and over many workers. */
@Injectable()
export class JanitorBook {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Whether it is the janitor's turn; then its run has begun. Asked by who holds the lock of its pace only. */
  async begin({ name, pace }: Janitor): Promise<boolean> {
    const { rowCount } = await this.database.system.query(sql.beginRun, [name, paces[pace].seconds])
    return rowCount === 1
  }

  async end(name: string, run: Run): Promise<void> {
    const done = run.outcome === 'failed' ? null : run.done
    await this.database.system.query(sql.endRun, [name, done, problemOf(run)])
  }

  /** Unix seconds of the last run that did all there was to do, in whatever worker, by janitor. */
  async lastSuccesses(): Promise<{ name: string; at: number }[]> {
    return (await this.database.system.query<{ name: string; at: number }>(sql.lastSuccesses)).rows
  }
}

function problemOf(run: Run): string | null {
  switch (run.outcome) {
    case 'succeeded':
      return null
    case 'stopped':
      return 'stopped'
    case 'failed':
      return (run.error instanceof Error ? run.error.message : String(run.error)).slice(0, 1000)
  }
}
