import { withDatabase } from '../with-database.js'
import { type Check, fine } from './check.js'

/** Both roles log in, row-level security binds them, and the tables are those of this build. */
export const database: Check = {
  name: 'database',
  advice:
    'Start PostgreSQL, or mend DATABASE_URL and SYSTEM_DATABASE_URL; `leadferry roles create` makes the roles, `leadferry migrate` the tables.',
  run: (config) =>
    withDatabase(async ({ system }) => {
      const { rows } = await system.query<{ version: string; migration: string }>(
        `SELECT current_setting('server_version') AS version, (SELECT name FROM migrations ORDER BY id DESC LIMIT 1) AS migration`,
      )
      const { version, migration } = rows[0] ?? {}
      return fine(`PostgreSQL ${version}, both roles as they should be, migrated to ${migration}.`)
    }, config),
}
