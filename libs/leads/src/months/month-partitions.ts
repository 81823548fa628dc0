import type { Database, IsoTime } from '#core'
import { ensureMonth, missingMonths } from './months.sql.js'

/** Partitions that one call makes: those of a year. A database has few more; see `month_boundary`. */
export const MONTHS_AT_ONCE = 12

export interface OpenedMonths {
  /** How many partitions were made. */
  opened: number
  /** The months, YYYY-MM, that have none after as many as one call may make. */
  missing: ReadonlySet<string>
}

/** The month of a time, YYYY-MM. */
export const monthOf = (time: IsoTime): string => time.slice(0, 7)

/** Makes partitions for the months that rows are written into. */
export class MonthPartitions {
  private readonly known = new Set<string>()
  private lastMade: Promise<unknown> = Promise.resolve()

  constructor(private readonly database: Database) {}

  /**
   * Makes what is missing, outside of the transaction that writes: making a partition waits for all who write.
   * @throws 55P03 when a lock that it takes was not free within seconds
   */
  async open(times: readonly IsoTime[]): Promise<OpenedMonths> {
    const months = [...new Set(times.map(monthOf))].filter((month) => !this.known.has(month))
    let missing = await this.missingOf(months)
    let opened = 0
    // One partition of old times holds many months, so what is missing is asked again after each.
    for (let [next] = missing; next !== undefined && opened < MONTHS_AT_ONCE; [next] = missing) {
      await this.make(next)
      missing = await this.missingOf([...missing])
      opened += 1
    }
    for (const month of months) if (!missing.has(month)) this.known.add(month)
    return { opened, missing }
  }

  /** Looks again for every month: one of them was dropped. */
  forget(): void {
    this.known.clear()
  }

  /** One after the other, because each may wait for seconds, and others need the connections of the pool. */
  private make(month: string): Promise<unknown> {
    const made = this.lastMade.then(() => this.database.system.query(ensureMonth, [startOf(month)]))
    this.lastMade = made.catch(() => undefined)
    return made
  }

  private async missingOf(months: readonly string[]): Promise<Set<string>> {
    if (months.length === 0) return new Set()
    const { rows } = await this.database.system.query<{ month: string }>(missingMonths, [months.map(startOf)])
    return new Set(rows.map(({ month }) => monthOf(month)))
  }
}

const startOf = (month: string): string => `${month}-01T00:00:00Z`

/** Whether a row found no partition. A check of a table's own is named by the error, this is not. */
export const isMissingMonth = (error: unknown): boolean => {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  return code === '23514' && constraint === undefined
}
