import type pg from 'pg'
import { isAbsence } from './no-connection.js'
import { allInOneTrip, type NamedQuery, type TenantQuery } from './tenant-read.js'

/** More would keep one backend of PostgreSQL busy while others rest. */
const MOST = 8

interface Waiting extends TenantQuery {
  resolve: (rows: pg.QueryResultRow[]) => void
  reject: (error: Error) => void
}

/**
 * Reads that come up in one turn of the event loop share a connection, a packet and a transaction: to write to a socket, and
 * to wake who listens, costs a busy process more than all else of a short read. Each is of its own workspace all the same, and
 * one that comes up alone is sent alone. Only for what changes nothing and is quick whatever its values: those behind it
 * wait, and what fails is tried once more.
 */
export class ReadBatches {
  private waiting: Waiting[] = []

  constructor(private readonly pool: pg.Pool) {}

  read<R extends pg.QueryResultRow>(workspaceId: string, query: NamedQuery): Promise<R[]> {
    return new Promise<pg.QueryResultRow[]>((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.sendAll())
      this.waiting.push({ workspaceId, query, resolve, reject })
    }) as Promise<R[]>
  }

  private sendAll(): void {
    const reads = this.waiting
    this.waiting = []
    for (let first = 0; first < reads.length; first += MOST) void this.send(reads.slice(first, first + MOST))
  }

  /** Never throws. */
  private async send(reads: readonly Waiting[]): Promise<void> {
    let client: pg.PoolClient
    try {
      client = await this.pool.connect()
    } catch (error) {
      for (const { reject } of reads) reject(error as Error)
      return
    }
    const unanswered = new Set(reads)
    try {
      await allInOneTrip(client, reads, (read, rows) => {
        unanswered.delete(read)
        read.resolve(rows)
      })
      client.release()
    } catch (error) {
      // A connection that is lost tells so only afterwards, and must not be given to those who try again.
      client.release(isAbsence(error))
      // One that fails ends the transaction of those behind it: each is tried by itself, and learns of its own fault only.
      for (const read of unanswered) {
        if (reads.length > 1) void this.send([read])
        else read.reject(error as Error)
      }
    }
  }
}
