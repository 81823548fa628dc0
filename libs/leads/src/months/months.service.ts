import { setTimeout as sleep } from 'node:timers/promises'
import { Inject, Injectable } from '@nestjs/common'
import { Database } from '#core'
import { MonthPartitions } from './month-partitions.js'
import { countMonths, dropMonthIfEmpty, droppableMonths } from './months.sql.js'

/** Months that get a partition before an event needs one, the present one among them. */
const MONTHS_AHEAD = 4

/** Between two drops, and before another attempt at one: what waited for our locks goes first. */
const PAUSE_MS = 100
const ATTEMPTS = 5

/** Keeps the partitions of messages and interactions: makes those to come, drops those that are empty. */
@Injectable()
export class MonthsService {
  private readonly partitions: MonthPartitions

  constructor(@Inject(Database) private readonly database: Database) {
    this.partitions = new MonthPartitions(database)
  }

  /** Makes the partitions of this month and of the three that follow where they are missing. @returns how many */
  async prepare(): Promise<number> {
    const now = new Date()
    const months = Array.from({ length: MONTHS_AHEAD }, (_, ahead) =>
      new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead)).toISOString(),
    )
    return (await this.partitions.open(months)).opened
  }

  /**
   * Drops partitions without rows, the oldest first. It ends at the first that it can't lock: an export reads the tables,
   * and each attempt holds up everyone else for a moment.
   * @returns how many were dropped
   */
  async dropEmpty(signal: AbortSignal): Promise<number> {
    const { rows } = await this.database.system.query<{ name: string }>(droppableMonths)
    let dropped = 0
    for (const { name } of rows) {
      if (signal.aborted) break
      const outcome = await this.drop(name, signal)
      if (outcome === 'locked') break
      if (outcome === 'kept') continue
      dropped += 1
      await sleep(PAUSE_MS)
    }
    return dropped
  }

  /** How many partitions the table has that has more of them, and from when on each is of a month. */
  async count(): Promise<{ count: number; boundary: Date }> {
    const { rows } = await this.database.system.query<{ count: number; boundary: Date }>(countMonths)
    if (rows[0] === undefined) throw new Error('messages and interactions have no partitions')
    return rows[0]
  }

  private async drop(name: string, signal: AbortSignal): Promise<'dropped' | 'kept' | 'locked'> {
    for (let attempt = 1; attempt <= ATTEMPTS && !signal.aborted; attempt += 1) {
      try {
        const { rows } = await this.database.system.query<{ dropped: boolean }>(dropMonthIfEmpty, [name])
        return rows[0]?.dropped === true ? 'dropped' : 'kept'
      } catch (error) {
        if (!isLocked(error)) throw error
        await sleep(attempt * PAUSE_MS)
      }
    }
    return 'locked'
  }
}

const isLocked = (error: unknown): boolean => (error as { code?: unknown }).code === '55P03'
