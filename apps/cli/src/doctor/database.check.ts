import { MonthsService } from '#leads'
import { withDatabase } from '../with-database.js'
import { type Check, fine, wrong } from './check.js'

/** A list without a time filter reads every partition; planning it takes 5 to 10 ms from this number on. */
const MANY_PARTITIONS = 100

/** Both roles log in, row-level security binds them, the tables are those of this build, and their partitions are few. */
export const database: Check = {
  name: 'database',
  advice:
    'Start PostgreSQL, or mend DATABASE_URL and SYSTEM_DATABASE_URL; `leadferry roles create` makes the roles, `leadferry migrate` the tables.',
  run: (config) =>
    withDatabase(async (database) => {
      const { rows } = await database.system.query<{ version: string; migration: string }>(
        `SELECT current_setting('server_version') AS version, (SELECT name FROM migrations ORDER BY id DESC LIMIT 1) AS migration`,
      )
      const { version, migration } = rows[0] ?? {}
      const { count, boundary } = await new MonthsService(database).count()
      const found = `PostgreSQL ${version}, both roles as they should be, migrated to ${migration}, messages and interactions in up to ${count} partitions each (by month from ${boundary.toISOString().slice(0, 7)} on).`
      return count <= MANY_PARTITIONS ? fine(found) : wrong(found, many)
    }, config),
}

const many = `Lists without a time filter get slower with each partition past ${MANY_PARTITIONS}. A worker drops those without rows every hour, unless something reads the tables all the time; those with rows stay.`
