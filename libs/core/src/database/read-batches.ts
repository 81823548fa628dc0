import type pg from 'pg'
import { workspaceBusy } from '../errors/workspace-busy.js'
import type { Turn } from './connection-shares.js'
import { FairQueue } from './fair-queue.js'
import { isAbsence } from './no-connection.js'
import { allInOneTrip, type NamedQuery, type TenantQuery } from './tenant-read.js'

/** More would keep one backend of PostgreSQL busy while others rest. */
const MOST = 8

interface Waiting extends TenantQuery {
  resolve: (rows: pg.QueryResultRow[]) => void
  reject: (error: Error) => void
}

/** Short reads of several workspaces share a connection, so their turn is no workspace's. */
const together: Turn = { kind: 'read' }

/**
 * Reads that come up in one turn of the event loop share a connection, a packet and a transaction: to write to a socket, and
 * to wake who listens, costs a busy process more than all else of a short read. Each is of its own workspace all the same, and
 * one that comes up alone is sent alone. Only for what changes nothing and is quick whatever its values: those behind it
 * wait, and what fails is tried once more. Where they have to wait for a connection, workspaces are served in turn.
 */
export class ReadBatches {
  private readonly waiting = new FairQueue<Waiting>()
  private isScheduled = false
  /** Connections that were asked for and are not there yet. */
  private asked = 0

  /** @param mostWaiting reads of one workspace that may wait */
  constructor(
    private readonly connect: (turn: Turn) => Promise<pg.PoolClient>,
    private readonly mostWaiting = Infinity,
  ) {}

  /** @throws AppError 429 where too many reads of the workspace wait already */
  read<R extends pg.QueryResultRow>(workspaceId: string, query: NamedQuery): Promise<R[]> {
    return new Promise<pg.QueryResultRow[]>((resolve, reject) => {
      const waiting = this.waiting.lengthOf(workspaceId)
      if (waiting >= this.mostWaiting) return reject(workspaceBusy(waiting, 'reads'))
      this.waiting.push(workspaceId, { workspaceId, query, resolve, reject })
      if (this.isScheduled) return
      this.isScheduled = true
      setImmediate(() => this.sendAll())
    }) as Promise<R[]>
  }

  private sendAll(): void {
    this.isScheduled = false
    const connections = Math.ceil(this.waiting.length / MOST)
    while (this.asked < connections) {
      this.asked += 1
      void this.sendNext()
    }
  }

  /** Never throws. */
  private async sendNext(): Promise<void> {
    try {
      const client = await this.connect(together)
      const reads = this.take()
      // Those that were sent by others leave a connection without work.
      if (reads.length === 0) client.release()
      else void this.send(client, reads)
    } catch (error) {
      for (const { reject } of this.take()) reject(error as Error)
    } finally {
      this.asked -= 1
    }
  }

  /** The next ones, chosen only now that there is a connection for them: of all workspaces that wait. */
  private take(): Waiting[] {
    const reads: Waiting[] = []
    while (reads.length < MOST) {
      const next = this.waiting.shift()
      if (next === undefined) break
      reads.push(next)
    }
    return reads
  }

  /** Never throws. */
  private async send(client: pg.PoolClient, reads: readonly Waiting[]): Promise<void> {
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
        if (reads.length > 1) void this.sendAlone(read)
        else read.reject(error as Error)
      }
    }
  }

  /** Never throws. */
  private async sendAlone(read: Waiting): Promise<void> {
    try {
      const client = await this.connect({ workspaceId: read.workspaceId, kind: 'read' })
      await this.send(client, [read])
    } catch (error) {
      read.reject(error as Error)
    }
  }
}
