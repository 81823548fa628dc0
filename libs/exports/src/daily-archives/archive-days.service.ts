import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config, Database, notFound, Waker } from '#core'
import * as sql from './archive-days.sql.js'
import { assertBuildable, type DayRange } from './day-range.js'

/** A day that will be built; `building` when that has begun, and it is built once more after it. */
export interface AskedDay {
  /** YYYY-MM-DD. */
  day: string
  state: 'due' | 'building'
}

export interface AskedDays {
  /** Whose days they are: the workspace's. */
  timeZone: string
  /** Oldest first. */
  days: AskedDay[]
}

/** Keeps the table of days, which says whose daily archives are due (DESIGN section 6). */
@Injectable()
export class ArchiveDaysService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'ARCHIVE_SETTLE_SECONDS'>,
    @Inject(Waker) private readonly waker: Pick<Waker, 'wake'>,
  ) {}

  /**
   * Has the daily archives of a range of days built, anew where they are there. Once this returns it is never
   * lost: a queue that is down changes nothing.
   *
   * @throws AppError 400 that names `from` or `to`, 404 for a workspace that is gone
   */
  async rebuild(workspaceId: string, range: DayRange): Promise<AskedDays> {
    const settle = this.config.ARCHIVE_SETTLE_SECONDS
    const { timeZone, rows } = await this.database.tenant(workspaceId, async (client) => {
      const clock = await client.query<{ today: string; timeZone: string }>(sql.localToday)
      const workspace = clock.rows[0]
      if (workspace === undefined) throw notFound('codename', 'The workspace')
      assertBuildable(range, workspace.today)
      // Before the last day may be there, all that were missed must be.
      await client.query(sql.planDays, [settle])
      const values = [workspaceId, range.from, range.to, settle]
      const asked = await client.query<AskedDay & { id: string }>(sql.askForDays, values)
      return { timeZone: workspace.timeZone, rows: asked.rows }
    })
    // One is enough: whoever builds a day announces the next.
    for (const { id } of rows.slice(-1))
      await this.database.afterCommit(() => this.waker.wake('archive', { id }))
    return { timeZone, days: rows.map(({ day, state }) => ({ day, state })) }
  }

  /** Plans the days that are over, and those of which something came in late. @returns how many */
  async plan(): Promise<number> {
    const settle = this.config.ARCHIVE_SETTLE_SECONDS
    const planned = await this.database.system.query(sql.planDays, [settle])
    const { rows } = await this.database.system.query<{ id: string }>(sql.workspacesWithLateDays)
    let late = 0
    for (const { id } of rows) late += await this.takeLateDays(id, settle)
    return (planned.rowCount ?? 0) + late
  }

  private takeLateDays(workspaceId: string, settle: number): Promise<number> {
    return this.database.systemEntities.transaction(async (entities) => {
      // A statement of its own: the next one has to see what those it waited for have written.
      await entities.query(sql.lockLateDays, [workspaceId])
      const days: unknown[] = await entities.query(`${sql.takeLateDays} RETURNING d.id`, [
        workspaceId,
        settle,
      ])
      return days.length
    })
  }
}
