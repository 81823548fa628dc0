import type { Database, IsoTime } from '#core'

/** Sees to it that there is a partition for every month that something is written into. */
export class MonthPartitions {
  private readonly known = new Set<string>()

  constructor(private readonly database: Database) {}

  /** Outside of the transaction that writes: making one waits for all who write. @returns how many months were not known yet */
  async ensure(times: readonly IsoTime[]): Promise<number> {
    const months = [...new Set(times.map((time) => time.slice(0, 7)))].filter(
      (month) => !this.known.has(month),
    )
    for (const month of months) {
      await this.database.system.query('SELECT ensure_month_partitions($1, $1)', [`${month}-01T00:00:00Z`])
      this.known.add(month)
    }
    return months.length
  }
}
